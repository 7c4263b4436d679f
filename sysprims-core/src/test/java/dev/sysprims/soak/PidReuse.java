package dev.sysprims.soak;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.sysprims.Sysprims;
import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Containment;
import dev.sysprims.process.IdentityCheck;
import dev.sysprims.process.NoSuchProcessException;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SpawnInGroupConfig;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TerminateTreeResult;
import dev.sysprims.process.WaitPidResult;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Moments at which the number of a process that somebody still means is given to another:
 * each asserts what is answered to whoever meant the first, and gives back the second.
 */
enum PidReuse {

	/** Stored, as one does in a database. */
	STORED_IDENTITY {

		@Override
		Bystander provoke(Surroundings its, ProcessFixture fixture) throws Exception {
			Process stranger = new ProcessBuilder("sleep", "600").start();
			ProcessIdentity stored = its.sysprims.identify(stranger.pid());
			Bystander.end(stranger);
			Bystander bystander = Bystander.at(stranger.pid());
			assertThat(its.sysprims.check(stored)).isEqualTo(IdentityCheck.REUSED);
			assertRefused(its, stored);
			return bystander;
		}

	},

	/** Waited for while it ends, and again. */
	AWAITED_STRANGER {

		@Override
		Bystander provoke(Surroundings its, ProcessFixture fixture) throws Exception {
			Process stranger = new ProcessBuilder("sleep", "600").start();
			long pid = stranger.pid();
			CompletableFuture<WaitPidResult> wait = new CompletableFuture<>();
			Thread waiting = new Thread(() -> {
				try {
					wait.complete(its.sysprims.waitPid(pid, Duration.ofSeconds(20)));
				}
				catch (Throwable ex) {
					wait.completeExceptionally(ex);
				}
			});
			waiting.start();
			ProcessFixture.awaitTrue(() -> waiting.getState() == Thread.State.TIMED_WAITING || wait.isDone(),
					"it does not wait");
			Bystander.end(stranger);
			Bystander bystander = Bystander.at(pid);
			assertThat(wait.get(20, TimeUnit.SECONDS).exited()).isTrue();
			assertThat(its.sysprims.waitPid(pid, Duration.ZERO).timedOut()).isTrue();
			return bystander;
		}

	},

	/** A child of ours that was waited for, whose status is remembered. */
	OWN_CHILD {

		@Override
		Bystander provoke(Surroundings its, ProcessFixture fixture) throws Exception {
			ProcessIdentity own = its.sysprims.spawnInGroup(SpawnInGroupConfig.command("sh", "-c", "exit 7").build())
				.identity();
			assertThat(its.sysprims.waitPid(own.pid(), Duration.ofSeconds(20)).exitCode()).isEqualTo(7);
			Bystander bystander = Bystander.at(own.pid());
			assertThat(its.sysprims.waitPid(own.pid(), Duration.ZERO).timedOut()).isTrue();
			assertRefused(its, own);
			return bystander;
		}

	},

	/** The program of a job that is over. */
	ENDED_JOB {

		@Override
		Bystander provoke(Surroundings its, ProcessFixture fixture) throws Exception {
			Job job = its.supervisor.start(JobSpec.command("sleep", "600").build());
			JobResult result = job.terminate();
			Bystander bystander = Bystander.at(job.pid());
			assertThat(job.terminate()).isSameAs(result);
			job.toProcess().destroyForcibly();
			job.toProcess().descendants().forEach(ProcessHandle::destroyForcibly);
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> job.signal(Signal.TERM));
			return bystander;
		}

	},

	/** A member that obeys while the others have time until they are killed. */
	MEMBER_IN_ITS_GRACE {

		@Override
		Bystander provoke(Surroundings its, ProcessFixture fixture) throws Exception {
			Job job = its.supervisor
				.start(JobSpec.command(fixture.sh(STUBBORN_WITH_A_MEMBER)).graceTimeout(GRACE).build());
			LiveProcess member = fixture.await("member");
			fixture.await("leader");
			CompletableFuture<JobResult> end = CompletableFuture.supplyAsync(job::terminate);
			Bystander bystander = takeFrom(member);
			assertThat(end).as("the number was to pass on before the kill").isNotDone();
			JobResult result = end.get(20, TimeUnit.SECONDS);
			assertThat(result.escalated()).isTrue();
			assertThat(result.survivors()).isEmpty();
			return bystander;
		}

	},

	/** The same in a tree that is not ours. */
	MEMBER_OF_A_STRANGER {

		@Override
		Bystander provoke(Surroundings its, ProcessFixture fixture) throws Exception {
			Process stranger = new ProcessBuilder(fixture.sh(STUBBORN_WITH_A_MEMBER)).start();
			LiveProcess member = fixture.await("member");
			fixture.await("leader");
			CompletableFuture<TerminateTreeResult> end = CompletableFuture.supplyAsync(() -> its.sysprims
				.terminateTree(stranger.pid(), TerminateTreeConfig.builder().graceTimeout(GRACE).build()));
			Bystander bystander = takeFrom(member);
			assertThat(end).as("the number was to pass on before the kill").isNotDone();
			assertThat(end.get(20, TimeUnit.SECONDS).exited()).isTrue();
			return bystander;
		}

	},

	/** A daemon that was seen while the job lived, and that ended by itself. */
	REMEMBERED_DAEMON {

		@Override
		Bystander provoke(Surroundings its, ProcessFixture fixture) throws Exception {
			Job job = its.supervisor.start(JobSpec.command(fixture.sh("""
					(setsid sh -c '. "$0"; announce member; exec sleep 600' "$FIXTURE" &)
					announce leader; exec sleep 600""")).graceTimeout(GRACE).build());
			LiveProcess member = fixture.await("member");
			fixture.await("leader");
			assertThat(job.processes()).hasSize(2);
			member.kill();
			Bystander bystander = takeFrom(member);
			assertThat(job.processes()).hasSize(1);
			assertThat(job.terminate().survivors()).isEmpty();
			return bystander;
		}

	};

	/** Long enough for a number to pass on. */
	private static final Duration GRACE = Duration.ofMillis(250);

	/** A session is left to a member before its leader learns not to hear. */
	private static final String STUBBORN_WITH_A_MEMBER = """
			setsid sh -c '. "$0"; announce member; exec sleep 600' "$FIXTURE" &
			trap '' TERM
			announce leader
			wait
			while :; do sleep 0.05; done""";

	/** Has the number of one that is still meant given to another. */
	abstract Bystander provoke(Surroundings its, ProcessFixture fixture) throws Exception;

	private static Bystander takeFrom(LiveProcess ending) throws Exception {
		ProcessFixture.awaitTrue(() -> ending.state() == '-', "it does not end");
		return Bystander.after(ending);
	}

	private static void assertRefused(Surroundings its, ProcessIdentity gone) {
		assertThatExceptionOfType(NoSuchProcessException.class)
			.isThrownBy(() -> its.sysprims.terminateTree(gone, TerminateTreeConfig.defaults()));
		assertThatExceptionOfType(NoSuchProcessException.class)
			.isThrownBy(() -> its.sysprims.signal(gone, Signal.TERM));
	}

	/** With what it is tried. */
	record Surroundings(Sysprims sysprims, ProcessSupervisor supervisor) {

		static Surroundings open() {
			return new Surroundings(Sysprims.system(),
					ProcessSupervisor.builder().containment(Containment.SESSION).shutdownHook(false).build());
		}

	}

}
