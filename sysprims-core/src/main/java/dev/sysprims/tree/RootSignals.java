package dev.sysprims.tree;

import dev.sysprims.os.KernelContainer;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.process.Signal;
import org.jspecify.annotations.Nullable;

/** Whether and how many members may be signalled in one step. */
interface RootSignals {

	/**
	 * The group whose number is pinned by a leader of ours that nobody has reaped.
	 * @return the group, or null when members have to be signalled one by one
	 */
	@Nullable Long group();

	SignalOutcome signalGroup(Signal signal);

	/** Kills all that the kernel holds for the tree, if it does and can. */
	SignalOutcome killContained();

	/**
	 * Members of somebody else's tree are signalled one by one: nothing of ours pins the
	 * number of its group.
	 */
	RootSignals ONE_BY_ONE = new RootSignals() {

		@Override
		public @Nullable Long group() {
			return null;
		}

		@Override
		public SignalOutcome signalGroup(Signal signal) {
			return SignalOutcome.NOT_SUPPORTED;
		}

		@Override
		public SignalOutcome killContained() {
			return SignalOutcome.NOT_SUPPORTED;
		}

	};

	static RootSignals of(SpawnedChild child) {
		return new RootSignals() {

			@Override
			public @Nullable Long group() {
				return child.pgid();
			}

			@Override
			public SignalOutcome signalGroup(Signal signal) {
				return child.signalGroup(signal);
			}

			@Override
			public SignalOutcome killContained() {
				KernelContainer container = child.container();
				return (container != null) ? container.kill() : SignalOutcome.NOT_SUPPORTED;
			}

		};
	}

}
