package dev.sysprims.comparison;

import java.time.Duration;
import java.util.List;

import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;

/** Ours, on the tier of this supervisor. */
record SupervisedTool(ProcessSupervisor supervisor) implements Tool {

	@Override
	public Run start(List<String> command) {
		Job job = this.supervisor.start(JobSpec.command(command).graceTimeout(Duration.ofMillis(GRACE_MILLIS)).build());
		return new Run() {

			@Override
			public void end() {
				job.terminate();
			}

			@Override
			public void await() throws InterruptedException {
				job.await(Duration.ofSeconds(PATIENCE_SECONDS));
			}

		};
	}

}
