package dev.sysprims.sample;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import dev.sysprims.process.SysprimsException;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Starts presets, shows jobs and ends them. */
@RestController
final class JobsController {

	private static final int LINES_IN_LIST = 12;

	private static final int LINES_OF_ONE = 200;

	private final ProcessSupervisor supervisor;

	private final Presets presets;

	private final RecentTrees trees = new RecentTrees(System::nanoTime);

	JobsController(ProcessSupervisor supervisor, Presets presets) {
		this.supervisor = supervisor;
		this.presets = presets;
	}

	@GetMapping("/presets")
	List<Presets.Description> presets() {
		return this.presets.descriptions();
	}

	/** Starts a preset. The name is all that is taken from the request. */
	@PostMapping("/jobs/{preset}")
	ResponseEntity<JobView> start(@PathVariable String preset) {
		JobSpec spec = this.presets.spec(preset).orElseThrow(() -> unknownPreset(preset));
		Job job = this.supervisor.start(spec);
		URI location = ServletUriComponentsBuilder.fromCurrentContextPath()
			.path("/jobs/{id}")
			.buildAndExpand(job.id())
			.toUri();
		return ResponseEntity.created(location).body(JobView.of(job, job.processes(), LINES_OF_ONE));
	}

	/** The live jobs and the last ended ones, newest first. */
	@GetMapping("/jobs")
	List<JobView> jobs() {
		Collection<Job> jobs = this.supervisor.jobs();
		this.trees.forgetAllBut(jobs.stream().map(Job::id).collect(Collectors.toSet()));
		return jobs.stream()
			.map((job) -> JobView.of(job, this.trees.of(job.id(), job::processes), LINES_IN_LIST))
			.toList();
	}

	@GetMapping("/jobs/{id}")
	JobView job(@PathVariable String id) {
		Job job = find(id);
		return JobView.of(job, job.processes(), LINES_OF_ONE);
	}

	/** Ends the whole tree and answers when that is over. */
	@DeleteMapping("/jobs/{id}")
	EndView end(@PathVariable String id) {
		return EndView.of(find(id).terminate());
	}

	/** A program that is missing on this machine, a full process table and the like. */
	@ExceptionHandler
	ProblemDetail refused(SysprimsException failure) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.INTERNAL_SERVER_ERROR, failure.getMessage());
	}

	private Job find(String id) {
		return this.supervisor.job(id)
			.orElseThrow(() -> notFound("There is no job '" + id + "': it never was, or so many have ended since that "
					+ "it is out of the history."));
	}

	private ErrorResponseException unknownPreset(String preset) {
		return notFound(
				"There is no preset '" + preset + "'. There are: " + String.join(", ", this.presets.names()) + ".");
	}

	private static ErrorResponseException notFound(String detail) {
		return new ErrorResponseException(HttpStatus.NOT_FOUND,
				ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, detail), null);
	}

}
