package dev.sysprims.os;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Starts programs. One call registers and watches the child too, so that nothing can be
 * lost between. Thread-safe.
 */
public interface Spawner {

	/**
	 * Starts a program as the leader of a group and session of its own where the system
	 * has them. Returns at once; the work is done elsewhere and is bounded in time.
	 * @param request what to start
	 * @param onExit told once, on a thread of the backend, when the program has exited;
	 * it is not reaped then. May come before the future completes
	 * @return the child, or a {@link dev.sysprims.process.SysprimsException} that says
	 * which command, why (the errno by name) and what to do; then nothing is left behind:
	 * no process, no descriptor, no thread
	 */
	CompletableFuture<SpawnedChild> spawn(SpawnRequest request, Consumer<ExitStatus> onExit);

}
