package dev.sysprims.os.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Moves what a child is to read into its pipe, in a thread of its own: a child that does
 * not read blocks the writer, and closing a pipe waits for a writer that is blocked.
 */
final class InputFeeder implements Runnable {

	private final InputStream source;

	private final OutputStream pipe;

	private volatile boolean stopped;

	InputFeeder(InputStream source, OutputStream pipe) {
		this.source = source;
		this.pipe = pipe;
	}

	@Override
	public void run() {
		byte[] buffer = new byte[8192];
		try (OutputStream target = this.pipe) {
			for (int n = this.source.read(buffer); n >= 0 && !this.stopped; n = this.source.read(buffer)) {
				target.write(buffer, 0, n);
				target.flush();
			}
		}
		catch (IOException ex) {
			// The child has closed its input (EPIPE) or has exited. That is no error;
			// whoever writes on learns of it because the source is closed.
			stop();
		}
	}

	/** Gives up what was not written yet. */
	void stop() {
		this.stopped = true;
		try {
			this.source.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex); // memory only: cannot be
		}
	}

}
