package dev.sysprims.escape;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;

/** Children of this JVM that have ended and that nobody has reaped. */
final class Zombies {

	private static final long SELF = ProcessHandle.current().pid();

	private final Set<String> known = now();

	/** Waits, bounded, until there are no others than those that were there before. */
	void awaitNoOthers() {
		ProcessFixture.awaitTrue(() -> others().isEmpty(), "zombies are left");
	}

	private Set<String> others() {
		Set<String> others = now();
		others.removeAll(this.known);
		return others;
	}

	private static Set<String> now() {
		Set<String> found = new TreeSet<>();
		try (Stream<Path> files = Files.list(Path.of("/proc"))) {
			files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.matches("[0-9]+"))
				.forEach((pid) -> addIfZombie(pid, found));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return found;
	}

	private static void addIfZombie(String pid, Set<String> found) {
		try {
			LiveProcess process = LiveProcess.of(pid, Long.parseLong(pid));
			if (process.ppid() == SELF && process.isZombie()) {
				found.add(pid + " since " + process.start());
			}
		}
		catch (UncheckedIOException ex) {
			// It is gone meanwhile.
		}
	}

}
