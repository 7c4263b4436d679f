package dev.sysprims.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.os.Watchdog;
import org.jspecify.annotations.Nullable;

/** Writes down what it is to guard. */
public final class SimulatedWatchdog implements Watchdog {

	private final List<ProcessKey> guarded = new ArrayList<>();

	private final List<ProcessKey> members = new ArrayList<>();

	private @Nullable String warning;

	public void cannotGuard(String why) {
		this.warning = why;
	}

	/** The leaders whose trees are guarded now. */
	public List<ProcessKey> guarded() {
		return this.guarded;
	}

	/** Every member that it was told of. */
	public List<ProcessKey> members() {
		return this.members;
	}

	@Override
	public Guard guard(SpawnedChild child) {
		this.guarded.add(child.key());
		return new Guard() {

			@Override
			public void member(ProcessKey key) {
				SimulatedWatchdog.this.members.add(key);
			}

			@Override
			public void close() {
				SimulatedWatchdog.this.guarded.remove(child.key());
			}

		};
	}

	@Override
	public Optional<String> warning() {
		return Optional.ofNullable(this.warning);
	}

}
