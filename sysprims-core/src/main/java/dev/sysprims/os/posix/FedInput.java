package dev.sysprims.os.posix;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes that flow into a child's stdin as it takes them, then end of file. Confined to
 * the event loop once started.
 */
final class FedInput implements ChildPipe {

	private static final Logger logger = LoggerFactory.getLogger(FedInput.class);

	private final EventLoop loop;

	private final LoopBuffer buffer;

	private final byte[] bytes;

	private int written;

	private int fd;

	private EventLoop.@Nullable Watch watch;

	FedInput(int fd, byte[] bytes, EventLoop loop, LoopBuffer buffer) {
		this.fd = fd;
		this.bytes = bytes;
		this.loop = loop;
		this.buffer = buffer;
	}

	@Override
	public void start() throws ErrnoException {
		this.watch = this.loop.watch(this.fd, EventLoop.Readiness.WRITE, this::writable);
	}

	private void writable(EventLoop.Watch watch) {
		if (this.fd == Descriptors.NONE) {
			return;
		}
		try {
			int left = this.bytes.length - this.written;
			int count = (left > 0) ? this.buffer.pipe().write(this.fd, this.bytes, this.written, left) : 0;
			this.written += Math.max(count, 0);
			if (this.written == this.bytes.length) {
				end(watch);
			}
		}
		catch (ErrnoException ex) {
			// The child may close its input early, and that is no error.
			if (ex.errno() != Errno.EPIPE) {
				logger.warn("The input of a child is cut short.", ex);
			}
			end(watch);
		}
	}

	@Override
	public void finish() {
		if (this.fd != Descriptors.NONE) {
			end(this.watch);
		}
	}

	private void end(EventLoop.@Nullable Watch watch) {
		if (watch != null) {
			watch.cancel();
		}
		Descriptors.close(this.fd);
		this.fd = Descriptors.NONE;
	}

}
