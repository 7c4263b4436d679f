package dev.sysprims.os.posix;

import java.util.List;
import java.util.function.IntConsumer;

import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.SignalOutcome;

/** Starts a program through a gate, with a container that does what a test wants. */
public final class GateTrial {

	private GateTrial() {
	}

	/** Returns the pid once the program runs. */
	public static int start(Gate gate, String program, String argument, IntConsumer admit)
			throws ErrnoException, NotContainedException {
		byte[] path = NativeText.bytes(program);
		try (NativeSpawn call = new NativeSpawn(ClosingDescriptors.available(), containers(gate))) {
			return call.spawn(new PreparedProgram(path, List.of(path, NativeText.bytes(argument)), List.of(), null), 0,
					1, 2, container(admit));
		}
	}

	/** Waits for a child to end. */
	public static void reap(int pid) {
		ChildWait.awaitAndReap(pid);
	}

	private static Containers containers(Gate gate) {
		return new Containers() {

			@Override
			public String refused() {
				return null;
			}

			@Override
			public List<String> outside() {
				return List.of();
			}

			@Override
			public JobContainer create() {
				throw new UnsupportedOperationException();
			}

			@Override
			public Joining joining() throws ErrnoException {
				return gate.open();
			}

		};
	}

	private static JobContainer container(IntConsumer admit) {
		return new JobContainer() {

			@Override
			public void admit(int pid) {
				admit.accept(pid);
			}

			@Override
			public int open() {
				throw new UnsupportedOperationException();
			}

			@Override
			public boolean isPopulated() {
				return false;
			}

			@Override
			public List<ProcessEntry> members() {
				return List.of();
			}

			@Override
			public boolean isOutside(ProcessKey process) {
				return false;
			}

			@Override
			public SignalOutcome kill() {
				return SignalOutcome.NOT_SUPPORTED;
			}

			@Override
			public Runnable watch(Runnable changed) {
				throw new UnsupportedOperationException();
			}

			@Override
			public void remove() {
				// There is nothing.
			}

		};
	}

	/** Opens a gate. */
	@FunctionalInterface
	public interface Gate {

		Joining open() throws ErrnoException;

	}

}
