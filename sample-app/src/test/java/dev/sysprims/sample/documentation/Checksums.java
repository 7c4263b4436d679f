package dev.sysprims.sample.documentation;

import java.nio.file.Path;
import java.time.Duration;

import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;

import org.springframework.stereotype.Service;

/** The first example of README.md. */
@Service
class Checksums {

	private final ProcessSupervisor supervisor;

	Checksums(ProcessSupervisor supervisor) {
		this.supervisor = supervisor;
	}

	String sha256(Path file) throws InterruptedException {
		JobSpec spec = JobSpec.command("sha256sum", file.toString())
			.name("checksum")
			.timeout(Duration.ofSeconds(30))
			.build();
		Job job = this.supervisor.start(spec);
		JobResult result = job.await();
		if (result.outcome() != JobOutcome.SUCCEEDED) {
			throw new IllegalStateException("No checksum (" + result.outcome() + "): " + job.output().stderr());
		}
		return job.output().stdout();
	}

}
