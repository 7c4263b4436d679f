package dev.sysprims.soak;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.function.Consumer;

import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/** A sweeper that counts the tables that were read, however many have shared one. */
final class CountedScans implements Sweeper {

	private final Sweeper sweeper;

	private @Nullable ProcessTable last;

	private volatile int scans;

	private CountedScans(Sweeper sweeper) {
		this.sweeper = sweeper;
	}

	static CountedScans of(OperatingSystem os) {
		return new CountedScans(os.sweeper());
	}

	/** The same system, whose scans are counted here. */
	OperatingSystem on(OperatingSystem os) {
		return (OperatingSystem) Proxy.newProxyInstance(OperatingSystem.class.getClassLoader(),
				new Class<?>[] { OperatingSystem.class }, (proxy, method, arguments) -> {
					try {
						return method.getName().equals("sweeper") ? this : method.invoke(os, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	int scans() {
		return this.scans;
	}

	@Override
	public void scan(Consumer<ProcessTable> reader, Consumer<SysprimsException> failed) {
		this.sweeper.scan((table) -> {
			if (table != this.last) {
				this.last = table;
				this.scans++;
			}
			reader.accept(table);
		}, failed);
	}

	@Override
	public long nanoTime() {
		return this.sweeper.nanoTime();
	}

	@Override
	public Instant now() {
		return this.sweeper.now();
	}

	@Override
	public void execute(Runnable task) {
		this.sweeper.execute(task);
	}

	@Override
	public Runnable schedule(long nanoTime, Runnable task) {
		return this.sweeper.schedule(nanoTime, task);
	}

}
