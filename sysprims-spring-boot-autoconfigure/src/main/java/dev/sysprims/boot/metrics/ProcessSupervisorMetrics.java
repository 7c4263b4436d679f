package dev.sysprims.boot.metrics;

import java.util.function.ToDoubleFunction;

import dev.sysprims.supervisor.JobTotals;
import dev.sysprims.supervisor.ProcessSupervisor;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The meters that read a supervisor's own totals, so that they agree with the endpoint
 * whatever becomes of a listener. They are there, at 0, before the first job.
 */
public final class ProcessSupervisorMetrics implements MeterBinder {

	private final ProcessSupervisor supervisor;

	/**
	 * The meters of this supervisor.
	 * @param supervisor whose totals are read
	 */
	public ProcessSupervisorMetrics(ProcessSupervisor supervisor) {
		this.supervisor = supervisor;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("sysprims.jobs.active", this.supervisor, (supervisor) -> supervisor.totals().active())
			.description("Jobs that have not ended")
			.register(registry);
		counter(registry, "sysprims.jobs.started", "Jobs whose program ran", JobTotals::started);
		counter(registry, "sysprims.escalations", "Jobs that needed a kill signal", JobTotals::escalated);
		counter(registry, "sysprims.survivors", "Processes that could not be ended", JobTotals::survivors);
	}

	private void counter(MeterRegistry registry, String name, String description, ToDoubleFunction<JobTotals> total) {
		FunctionCounter.builder(name, this.supervisor, (supervisor) -> total.applyAsDouble(supervisor.totals()))
			.description(description)
			.register(registry);
	}

}
