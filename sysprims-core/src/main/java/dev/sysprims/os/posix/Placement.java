package dev.sysprims.os.posix;

import java.util.ArrayList;
import java.util.List;

import dev.sysprims.os.SpawnRequest;
import dev.sysprims.process.Containment;
import dev.sysprims.process.SpawnFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a child gets a container. Never "spawn, then move": measured, a program
 * that forks at once leaves a member outside in up to 85 of 100 cases.
 */
final class Placement {

	private final Containers containers;

	Placement(Containers containers) {
		this.containers = containers;
	}

	/**
	 * Starts a child in the strongest way that was asked for and works.
	 * @throws ErrnoException when it cannot be started either way
	 * @throws SpawnFailedException when it has to have a container and there is none
	 */
	Placed place(SpawnRequest request, Start start) throws ErrnoException {
		String refused = this.containers.refused();
		boolean required = request.containment() == Containment.CGROUP;
		if (refused != null && required) {
			throw SpawnFailure.failed(request.command(), refused);
		}
		if (refused != null || request.containment() == Containment.SESSION) {
			return outside(start, this.containers.outside());
		}
		String reason;
		try {
			return inside(start);
		}
		catch (NotContainedException ex) {
			reason = String.valueOf(ex.getMessage());
		}
		if (required) {
			throw SpawnFailure.failed(request.command(), "it could not be put into a cgroup of its own, because "
					+ reason + ". Mend that, or use another containment than cgroup.");
		}
		List<String> warnings = new ArrayList<>();
		warnings.add("This tree has no cgroup of its own although others have, because " + reason + ".");
		warnings.addAll(this.containers.outside());
		return outside(start, warnings);
	}

	private Placed inside(Start start) throws ErrnoException, NotContainedException {
		JobContainer container;
		try {
			container = this.containers.create();
		}
		catch (ErrnoException ex) {
			throw new NotContainedException(String.valueOf(ex.getMessage()));
		}
		boolean started = false;
		try {
			int pid = start.start(container);
			started = true;
			return new Placed(pid, container, List.of());
		}
		finally {
			if (!started) {
				container.remove();
			}
		}
	}

	private static Placed outside(Start start, List<String> warnings) throws ErrnoException {
		try {
			return new Placed(start.start(null), null, warnings);
		}
		catch (NotContainedException ex) {
			throw new IllegalStateException("No container was asked for.", ex);
		}
	}

	/** Starts the child. */
	@FunctionalInterface
	interface Start {

		int start(@Nullable JobContainer container) throws ErrnoException, NotContainedException;

	}

}
