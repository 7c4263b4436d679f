package dev.sysprims.os.linux;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.Reaped;
import dev.sysprims.process.Command;

/**
 * A JVM of its own to which orphans come: as PID 1, or once it was made a subreaper. Says
 * what became of an orphan, of children of its own and of those of the JDK.
 */
final class OrphanProgram {

	private static final int ROUNDS = 50;

	private static final long SELF = ProcessHandle.current().pid();

	private final OperatingSystem os = LinuxSystem.open();

	private final ProcessFixture fixture = new ProcessFixture();

	private OrphanProgram() {
	}

	public static void main(String[] arguments) throws Exception {
		OrphanProgram program = new OrphanProgram();
		try {
			program.describe();
			if (!program.os.adoptsOrphans()) {
				program.os.adoptOrphans();
				program.os.adoptOrphans();
				program.describe();
				System.out.println("another backend " + LinuxSystem.open().adoptsOrphans());
			}
			program.reapOrphan();
			program.leaveOwnChild();
			program.leaveJdkChildren();
		}
		finally {
			program.fixture.close();
			program.os.releaseIdle();
		}
	}

	private void describe() {
		System.out.println("adopts " + this.os.adoptsOrphans());
	}

	private void reapOrphan() {
		try (Spawned job = Spawned.start(this.os, this.fixture.sh("""
				(setsid sh -c '. "$0"; announce orphan; exec sleep 60' "$FIXTURE" &)
				exec sleep 60
				"""))) {
			LiveProcess orphan = this.fixture.await("orphan");
			ProcessKey key = new ProcessKey(orphan.pid(), orphan.start());
			ProcessFixture.awaitTrue(() -> entry(key).ppid() == SELF, "the orphan did not come");
			this.os.reapOrphan(key);
			System.out.println("alive " + orphan.isAlive());
			orphan.kill();
			ProcessFixture.awaitTrue(orphan::isZombie, "it is no zombie");
			this.os.reapOrphan(new ProcessKey(key.pid(), key.start() - 1));
			System.out.println("zombie " + orphan.isZombie());
			this.os.reapOrphan(key);
			System.out.println("gone " + (this.os.entry(key.pid()) == null));
			this.os.reapOrphan(key);
			System.out.println("leader " + (entry(job.child().key()).ended() ? "ended" : "lives"));
		}
	}

	private void leaveOwnChild() {
		try (Spawned job = Spawned.start(this.os, Command.of("sh", "-c", "exit 3"))) {
			job.exit();
			this.os.reapOrphan(job.child().key());
			Reaped reaped = job.child().reap();
			// What it used is known only to whoever reaped it.
			System.out.println("own " + (reaped.status().equals(ExitStatus.exited(3)) && reaped.usage() != null));
		}
	}

	/** Asks from the child's birth until the JDK has reaped it. */
	private void leaveJdkChildren() throws IOException, InterruptedException {
		int right = 0;
		for (int i = 0; i < ROUNDS; i++) {
			Process child = new ProcessBuilder("sh", "-c", "read go; exit 7").start();
			ProcessKey key = entry(child.pid()).key();
			child.getOutputStream().close();
			for (ProcessEntry now = this.os.entry(key.pid()); now != null; now = this.os.entry(key.pid())) {
				this.os.reapOrphan(key);
			}
			right += (child.waitFor(20, TimeUnit.SECONDS) && child.exitValue() == 7) ? 1 : 0;
		}
		System.out.println("jdk " + right + " of " + ROUNDS);
	}

	private ProcessEntry entry(ProcessKey key) {
		return entry(key.pid());
	}

	private ProcessEntry entry(long pid) {
		ProcessEntry entry = this.os.entry(pid);
		if (entry == null) {
			throw new AssertionError("Process " + pid + " is gone.");
		}
		return entry;
	}

}
