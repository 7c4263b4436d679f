package dev.sysprims.soak;

import java.util.function.Consumer;

import dev.sysprims.fixture.ForwardingSweeper;
import dev.sysprims.fixture.ForwardingSystem;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/** A sweeper that counts the tables that were read, however many have shared one. */
final class CountedScans extends ForwardingSweeper {

	private @Nullable ProcessTable last;

	private volatile int scans;

	private CountedScans(Sweeper sweeper) {
		super(sweeper);
	}

	static CountedScans of(OperatingSystem os) {
		return new CountedScans(os.sweeper());
	}

	/** The same system, whose scans are counted here. */
	OperatingSystem on(OperatingSystem os) {
		return new ForwardingSystem(os) {

			@Override
			public Sweeper sweeper() {
				return CountedScans.this;
			}

		};
	}

	int scans() {
		return this.scans;
	}

	@Override
	public void scan(Consumer<ProcessTable> reader, Consumer<SysprimsException> failed) {
		super.scan((table) -> {
			if (table != this.last) {
				this.last = table;
				this.scans++;
			}
			reader.accept(table);
		}, failed);
	}

}
