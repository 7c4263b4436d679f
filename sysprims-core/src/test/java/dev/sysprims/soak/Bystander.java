package dev.sysprims.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import org.opentest4j.TestAbortedException;

/**
 * A process that gets a number which was another's. It blocks every signal, so that each
 * that is sent to it stays with it for all to see, one that would do nothing as well;
 * only a kill cannot be held back, and is seen by its death.
 */
final class Bystander implements AutoCloseable {

	/** One before the number that is given next (pid_namespaces(7)). */
	private static final Path LAST_PID = Path.of("/proc/sys/kernel/ns_last_pid");

	private static final int ATTEMPTS = 100;

	private static final long CONT = 1L << 17;

	private final Process process;

	private final LiveProcess itself;

	private Bystander(Process process) {
		this.process = process;
		this.itself = LiveProcess.of("bystander", process.pid());
		ProcessFixture.awaitTrue(() -> (signals("SigBlk") & CONT) != 0, "it does not block signals");
	}

	/**
	 * One that has this number. The number must be free, or about to be: others of this
	 * namespace may take the turn at any time, so that it takes some attempts.
	 * @throws TestAbortedException when somebody else has the number and keeps it
	 */
	static Bystander at(long pid) throws IOException, InterruptedException {
		return at(pid, Long.MIN_VALUE);
	}

	/**
	 * One that has the number of this one, which has ended, and that was not born in the
	 * same tick of the kernel's clock: in a line of {@code /proc} these two would be one.
	 * Nobody can get through all numbers in 10 ms who does not set them as is done here.
	 */
	static Bystander after(LiveProcess ended) throws IOException, InterruptedException {
		return at(ended.pid(), ended.start());
	}

	private static Bystander at(long pid, long formerStart) throws IOException, InterruptedException {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			Files.writeString(LAST_PID, Long.toString(pid - 1));
			Process process = new ProcessBuilder("env", "--block-signal", "sleep", "600").start();
			if (process.pid() == pid && LiveProcess.of("bystander", pid).start() != formerStart) {
				return new Bystander(process);
			}
			end(process);
		}
		throw new TestAbortedException("A thread of this JVM has number " + pid + ", or another process.");
	}

	/** Nobody has sent it anything. */
	boolean isUntouched() {
		return this.itself.isAlive() && pending() == 0;
	}

	private long pending() {
		return signals("ShdPnd") | signals("SigPnd");
	}

	/** What it has got. */
	@Override
	public String toString() {
		return "process " + this.itself.pid() + ", state " + this.itself.state() + ", pending signals "
				+ Long.toHexString(pending());
	}

	private long signals(String set) {
		try {
			return Files.readAllLines(Path.of("/proc/" + this.process.pid() + "/status"), StandardCharsets.ISO_8859_1)
				.stream()
				.filter((line) -> line.startsWith(set + ":"))
				.mapToLong((line) -> Long.parseUnsignedLong(line.substring(set.length() + 1).trim(), 16))
				.findFirst()
				.orElse(-1);
		}
		catch (IOException ex) {
			return -1;
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		ProcessFixture.awaitTrue(() -> !this.process.isAlive(), "the bystander does not end");
	}

	/** Ends a process of the JDK's, so that its number is free. */
	static void end(Process process) throws InterruptedException {
		process.destroyForcibly();
		if (!process.waitFor(20, TimeUnit.SECONDS)) {
			throw new AssertionError("Process " + process.pid() + " does not end.");
		}
	}

}
