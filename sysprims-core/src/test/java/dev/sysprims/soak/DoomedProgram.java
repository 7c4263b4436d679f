package dev.sysprims.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.sysprims.process.Containment;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;

/**
 * An application that is killed. Starts a job for each line of its input, whose words
 * tabs part, answers with its pid, and at an empty line looks once at what all jobs
 * consist of.
 */
final class DoomedProgram {

	static final String ANSWER = "> ";

	static final String UNAVAILABLE = "unavailable ";

	private DoomedProgram() {
	}

	public static void main(String[] arguments) throws IOException {
		try {
			ProcessSupervisor supervisor = ProcessSupervisor.builder()
				.containment(Containment.valueOf(arguments[0]))
				.build();
			System.out.println(ANSWER + "ready");
			serve(supervisor, new BufferedReader(new InputStreamReader(System.in)));
		}
		catch (SysprimsException ex) {
			System.out.println(ANSWER + UNAVAILABLE + ex.getMessage());
		}
	}

	private static void serve(ProcessSupervisor supervisor, BufferedReader in) throws IOException {
		List<Job> jobs = new ArrayList<>();
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			if (line.isEmpty()) {
				String sizes = jobs.stream()
					.map((job) -> Integer.toString(job.processes().size()))
					.collect(Collectors.joining(" "));
				System.out.println(ANSWER + sizes);
			}
			else {
				Job job = supervisor.start(JobSpec.command(List.of(line.split("\t"))).build());
				jobs.add(job);
				System.out.println(ANSWER + job.pid());
			}
		}
	}

}
