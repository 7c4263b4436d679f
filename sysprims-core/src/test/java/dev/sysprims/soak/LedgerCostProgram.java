package dev.sysprims.soak;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

import com.sun.management.OperatingSystemMXBean;
import dev.sysprims.process.Containment;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;

/**
 * Prints which part of a core this JVM takes without jobs, while many are young, and when
 * they have been idle for a while; the compiler and the collector are counted in.
 */
final class LedgerCostProgram {

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private LedgerCostProgram() {
	}

	public static void main(String[] arguments) {
		int jobs = Integer.parseInt(arguments[0]);
		Duration window = Duration.ofSeconds(Long.parseLong(arguments[1]));
		try (ProcessSupervisor supervisor = ProcessSupervisor.builder()
			.containment(Containment.SESSION)
			.shutdownHook(false)
			.build()) {
			// The classes that a first job takes.
			supervisor.start(JobSpec.command("sleep", "900").build()).terminate();
			tell("without", window);
			for (int i = 0; i < jobs; i++) {
				supervisor.start(JobSpec.command("sleep", "900").build());
			}
			tell("young", window);
			tell("idle", window);
			supervisor.close(Duration.ofSeconds(20));
		}
	}

	private static void tell(String when, Duration window) {
		long begun = System.nanoTime();
		long before = SYSTEM.getProcessCpuTime();
		for (long left = window.toNanos(); left > 0; left = begun + window.toNanos() - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
		double part = (SYSTEM.getProcessCpuTime() - before) / (double) (System.nanoTime() - begun);
		System.out.printf(Locale.ROOT, "%s %.6f%n", when, part);
	}

}
