package dev.sysprims.schedule;

import java.time.Duration;

import dev.sysprims.simulation.SimulatedSystem;

/** Times in which nothing can be read; several may overlap. */
final class Blindness {

	private final SimulatedSystem system;

	private int tables;

	private int lines;

	Blindness(SimulatedSystem system) {
		this.system = system;
	}

	/** For so many ms the table cannot be read, nor maybe any single process. */
	void comes(int millis, boolean ofLinesToo) {
		count(1, ofLinesToo);
		this.system.in(Duration.ofMillis(millis), () -> count(-1, ofLinesToo));
	}

	private void count(int one, boolean ofLinesToo) {
		this.tables += one;
		this.lines += ofLinesToo ? one : 0;
		this.system.proc().tableUnreadable(this.tables > 0);
		this.system.proc().linesUnreadable(this.lines > 0);
	}

}
