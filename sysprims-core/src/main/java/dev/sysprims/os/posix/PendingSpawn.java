package dev.sysprims.os.posix;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.JobMarker;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.SpawnedChild;

/** A spawn that was asked for. Either its child or its time limit has the last word. */
final class PendingSpawn {

	private final SpawnRequest request;

	private final String marker;

	private final Consumer<ExitStatus> onExit;

	private final CompletableFuture<SpawnedChild> future = new CompletableFuture<>();

	private final AtomicBoolean decided = new AtomicBoolean();

	PendingSpawn(SpawnRequest request, Consumer<ExitStatus> onExit) {
		this.request = request;
		this.marker = JobMarker.next(request.atJvmDeath());
		this.onExit = onExit;
	}

	SpawnRequest request() {
		return this.request;
	}

	/** What the child and its descendants carry. */
	String marker() {
		return this.marker;
	}

	Consumer<ExitStatus> onExit() {
		return this.onExit;
	}

	CompletableFuture<SpawnedChild> future() {
		return this.future;
	}

	boolean isDecided() {
		return this.decided.get();
	}

	/** The child runs and is wanted; false when the time was over before. */
	boolean tryAccept() {
		return this.decided.compareAndSet(false, true);
	}

	/** It was accepted and could not be kept; without effect the second time. */
	void fail(Throwable failure) {
		this.future.completeExceptionally(failure);
	}

	/** Fails it unless it was decided before. */
	void tryFail(Throwable failure) {
		if (this.decided.compareAndSet(false, true)) {
			this.future.completeExceptionally(failure);
		}
	}

}
