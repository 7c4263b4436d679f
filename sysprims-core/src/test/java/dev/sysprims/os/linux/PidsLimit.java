package dev.sysprims.os.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

import dev.sysprims.fixture.ProcessFixture;

/**
 * A cgroup with a limit of processes and threads, as a container has one: of cgroup v2
 * or, on an old or hybrid hierarchy, of v1. It is for a JVM that is started into it.
 */
final class PidsLimit implements AutoCloseable {

	private static final String NAME = "sysprims-test-pids-" + ProcessHandle.current().pid();

	private final Path directory;

	private PidsLimit(Path directory) {
		this.directory = directory;
	}

	/** Empty where this JVM has no such controller that it may use. */
	static Optional<PidsLimit> of(int processes) throws IOException {
		for (Path parent : Stream.of(unified(), old()).flatMap(Optional::stream).toList()) {
			Path directory = parent.resolve(NAME);
			try {
				Files.createDirectory(directory);
			}
			catch (IOException ex) {
				continue;
			}
			if (Files.exists(directory.resolve("pids.max"))) {
				Files.writeString(directory.resolve("pids.max"), Integer.toString(processes));
				return Optional.of(new PidsLimit(directory));
			}
			Files.delete(directory);
		}
		return Optional.empty();
	}

	private static Optional<Path> unified() throws IOException {
		return Optional.ofNullable(CgroupPlace.find(read("cgroup"), read("mountinfo")).directory()).map(Path::of);
	}

	private static Optional<Path> old() throws IOException {
		return read("mountinfo").lines()
			.filter((line) -> line.contains(" - cgroup ")
					&& Arrays.asList(line.substring(line.lastIndexOf(' ') + 1).split(",")).contains("pids"))
			.map((line) -> Path.of(line.split(" ")[4]))
			.findFirst();
	}

	private static String read(String name) throws IOException {
		return Files.readString(Path.of("/proc/self/" + name));
	}

	/** A shell's first words that put it inside. */
	String join() {
		return "echo $$ >" + this.directory.resolve("cgroup.procs");
	}

	/** How many processes and threads are inside. */
	int current() throws IOException {
		return Integer.parseInt(Files.readString(this.directory.resolve("pids.current")).strip());
	}

	@Override
	public void close() {
		ProcessFixture.awaitTrue(this::isRemoved, this.directory + " is not empty");
	}

	private boolean isRemoved() {
		try {
			Files.deleteIfExists(this.directory);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
