package dev.sysprims.os;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Keeps what a child wrote, and complains about a second end or bytes behind it. */
public final class CollectingSink implements ByteSink {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	@Override
	public synchronized void accept(byte[] buffer, int offset, int length) {
		if (length < 1 || this.ended.isDone()) {
			this.ended.obtrudeException(new AssertionError(length + " bytes, ended: " + this.ended.isDone()));
		}
		this.bytes.write(buffer, offset, length);
	}

	@Override
	public void end() {
		if (!this.ended.complete(null)) {
			this.ended.obtrudeException(new AssertionError("The end came twice"));
		}
	}

	/** Waits, bounded, for the end. */
	public CollectingSink await() {
		StartedChild.get(this.ended);
		return this;
	}

	public boolean hasEnded() {
		return this.ended.isDone();
	}

	public synchronized byte[] bytes() {
		return this.bytes.toByteArray();
	}

	public String text() {
		return new String(bytes(), StandardCharsets.UTF_8);
	}

}
