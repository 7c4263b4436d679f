package dev.sysprims.boot.actuate;

import java.util.List;

import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobOutput;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * Shows the jobs of a supervisor and, where access is unrestricted, ends one. Only jobs
 * can be named, never a process id. Arguments and environments are not shown at all; the
 * output, which programs print secrets to, is a value in the sense of
 * {@code show-values}.
 */
@Endpoint(id = "sysprims", defaultAccess = Access.READ_ONLY)
public final class SysprimsEndpoint {

	private final ProcessSupervisor supervisor;

	private final Show showValues;

	private final Sanitizer sanitizer;

	/**
	 * The endpoint of a supervisor.
	 * @param supervisor whose jobs are shown
	 * @param showValues whether output is shown where nobody can be asked for a role
	 * @param sanitizingFunctions applied to output that is shown
	 */
	public SysprimsEndpoint(ProcessSupervisor supervisor, Show showValues,
			Iterable<SanitizingFunction> sanitizingFunctions) {
		this.supervisor = supervisor;
		this.showValues = showValues;
		this.sanitizer = new Sanitizer(sanitizingFunctions);
	}

	/**
	 * The system, the totals and all jobs that are remembered.
	 * @return jobs newest first
	 */
	@ReadOperation
	public JobsDescriptor jobs() {
		List<JobDescriptor> jobs = this.supervisor.jobs().stream().map(JobDescriptor::of).toList();
		return new JobsDescriptor(PlatformDescriptor.of(this.supervisor.platform()),
				TotalsDescriptor.of(this.supervisor.totals()), jobs);
	}

	/**
	 * One job with its live processes and the end of its output.
	 * @param id the job's id
	 * @return the job, or null when it is unknown
	 */
	@ReadOperation
	public @Nullable JobDetailsDescriptor job(@Selector String id) {
		return job(id, this.showValues.isShown(true));
	}

	@Nullable JobDetailsDescriptor job(String id, boolean showUnsanitized) {
		return this.supervisor.job(id)
			.map((job) -> JobDetailsDescriptor.of(job, output(job, showUnsanitized)))
			.orElse(null);
	}

	/**
	 * Ends the job's whole process tree with the job's own timeouts and waits for that.
	 * @param id the job's id
	 * @return what happened; of a job that had ended already, what happened then; null
	 * when it is unknown
	 */
	@DeleteOperation
	public @Nullable TerminationDescriptor terminate(@Selector String id) {
		return this.supervisor.job(id).map((job) -> TerminationDescriptor.of(job.terminate())).orElse(null);
	}

	private OutputDescriptor output(Job job, boolean showUnsanitized) {
		JobOutput output = job.output();
		return new OutputDescriptor(sanitize(job, "stdout", output.stdout(), showUnsanitized),
				sanitize(job, "stderr", output.stderr(), showUnsanitized), output.dropped());
	}

	private String sanitize(Job job, String stream, String text, boolean showUnsanitized) {
		SanitizableData data = new SanitizableData(null, "sysprims.jobs." + job.name() + "." + stream, text);
		return String.valueOf(this.sanitizer.sanitize(data, showUnsanitized));
	}

}
