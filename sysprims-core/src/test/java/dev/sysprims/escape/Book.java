package dev.sysprims.escape;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;

/**
 * Where the processes of one run announce themselves. Closing ends those that live still,
 * each by pid and start.
 */
public final class Book implements AutoCloseable {

	/**
	 * Those that keep moving announce themselves every few milliseconds: who has not for
	 * so long does not live.
	 */
	private static final long MOVING_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

	private final Path directory;

	private final Path file;

	public Book() {
		try {
			this.directory = Files.createTempDirectory("sysprims-escape");
			this.file = this.directory.resolve("book");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public Path file() {
		return this.file;
	}

	/** Whether somebody serves those who hand work over. */
	boolean hasServer() {
		return Files.exists(Path.of(this.file + ".work"));
	}

	/**
	 * Waits, bounded, until everybody has announced itself or the way turned out barred.
	 */
	public void awaitComplete() {
		ProcessFixture.awaitTrue(() -> impossible().isPresent() || announced().size() >= expected(),
				"not all processes announced themselves in " + this.file);
	}

	/** Why this way is barred on this machine. */
	public Optional<String> impossible() {
		return lines("impossible ").stream().findFirst();
	}

	/** All that have announced themselves so far. */
	public List<LiveProcess> announced() {
		return lines("member ").stream().map((line) -> {
			int space = line.indexOf(' ');
			return LiveProcess.parse(line.substring(0, space), line.substring(space + 1));
		}).toList();
	}

	/** Those that live now, or would show up a moment later as ever another process. */
	public List<LiveProcess> survivors(Way way) {
		List<LiveProcess> living = living();
		if (living.isEmpty() && way.keepsMoving()) {
			int before = announced().size();
			long deadline = System.nanoTime() + MOVING_NANOS;
			while (living.isEmpty() && announced().size() == before && System.nanoTime() < deadline) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
				living = living();
			}
			List<LiveProcess> all = announced();
			if (living.isEmpty() && all.size() > before) {
				living = all.subList(before, all.size());
			}
		}
		return living;
	}

	private List<LiveProcess> living() {
		return announced().stream().filter(LiveProcess::isAlive).toList();
	}

	private int expected() {
		return lines("expect ").stream().findFirst().map(Integer::valueOf).orElse(Integer.MAX_VALUE);
	}

	private List<String> lines(String prefix) {
		String text;
		try {
			text = new String(Files.readAllBytes(this.file), StandardCharsets.ISO_8859_1);
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		List<String> lines = new ArrayList<>();
		text.substring(0, text.lastIndexOf('\n') + 1)
			.lines()
			.filter((line) -> line.startsWith(prefix))
			.forEach((line) -> lines.add(line.substring(prefix.length())));
		return lines;
	}

	@Override
	public void close() {
		try {
			Files.writeString(Path.of(this.file + ".over"), "");
			// Whoever replaces others stops doing so now, at the latest when it looks
			// again.
			ProcessFixture.awaitTrue(() -> {
				List<LiveProcess> living = living();
				living.forEach(LiveProcess::kill);
				return living.isEmpty();
			}, "processes of " + this.file + " could not be ended");
			try (Stream<Path> files = Files.walk(this.directory)) {
				files.sorted(Comparator.reverseOrder()).forEach((path) -> path.toFile().delete());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
