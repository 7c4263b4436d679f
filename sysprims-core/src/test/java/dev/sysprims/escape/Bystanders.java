package dev.sysprims.escape;

import java.util.List;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;

import static org.assertj.core.api.Assertions.assertThat;

/** Processes that are none of a job's and must live on, whatever is done to the job. */
final class Bystanders implements AutoCloseable {

	private static final String SLEEPER = "announce %s; exec sleep 1800";

	private final ProcessFixture fixture = new ProcessFixture();

	private final List<LiveProcess> all;

	/** A child of this JVM, a daemon in a session of its own, and another job. */
	Bystanders(ProcessSupervisor supervisor) throws Exception {
		new ProcessBuilder(this.fixture.sh(SLEEPER.formatted("child"))).start();
		new ProcessBuilder(
				this.fixture.sh("setsid sh -c '. \"$0\"; " + SLEEPER.formatted("daemon") + "' \"$FIXTURE\" &"))
			.start()
			.waitFor();
		supervisor.start(JobSpec.command(this.fixture.sh(SLEEPER.formatted("job"))).build());
		this.all = List.of(this.fixture.await("child"), this.fixture.await("daemon"), this.fixture.await("job"));
	}

	void assertUntouched() {
		assertThat(this.all).as("processes that are none of the job's").allMatch(LiveProcess::isAlive);
	}

	@Override
	public void close() {
		this.fixture.close();
	}

}
