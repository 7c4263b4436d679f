package dev.sysprims.os.posix;

import dev.sysprims.os.ByteSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Output that flows into a sink as it comes. One read per turn, so that a chatty child
 * does not starve the others. Confined to the event loop once started.
 */
final class CapturedOutput implements ChildPipe {

	private static final Logger logger = LoggerFactory.getLogger(CapturedOutput.class);

	private final EventLoop loop;

	private final LoopBuffer buffer;

	private final ByteSink sink;

	private int fd;

	private EventLoop.@Nullable Watch watch;

	private boolean sinkFailed;

	CapturedOutput(int fd, ByteSink sink, EventLoop loop, LoopBuffer buffer) {
		this.fd = fd;
		this.sink = sink;
		this.loop = loop;
		this.buffer = buffer;
	}

	@Override
	public void start() throws ErrnoException {
		this.watch = this.loop.watch(this.fd, EventLoop.Readiness.READ, this::readable);
	}

	private void readable(EventLoop.Watch watch) {
		if (this.fd != Descriptors.NONE && readOnce(Integer.MAX_VALUE) == 0) {
			end(watch);
		}
	}

	@Override
	public void finish() {
		if (this.fd == Descriptors.NONE) {
			return;
		}
		// No more than is there now: an orphan may write for ever.
		int left = Descriptors.readable(this.fd);
		while (left > 0) {
			int count = readOnce(left);
			left = (count > 0) ? left - count : 0;
		}
		end(this.watch);
	}

	private int readOnce(int most) {
		byte[] bytes = this.buffer.bytes();
		try {
			int count = this.buffer.pipe().read(this.fd, bytes, 0, Math.min(bytes.length, most));
			if (count > 0) {
				deliver(() -> this.sink.accept(bytes, 0, count));
			}
			return count;
		}
		catch (ErrnoException ex) {
			logger.warn("The output of a child is lost from here on.", ex);
			return 0;
		}
	}

	private void end(EventLoop.@Nullable Watch watch) {
		if (watch != null) {
			watch.cancel();
		}
		Descriptors.close(this.fd);
		this.fd = Descriptors.NONE;
		deliver(this.sink::end);
	}

	/** A sink that throws must not stop the child, which would wait for its reader. */
	private void deliver(Runnable delivery) {
		try {
			delivery.run();
		}
		catch (RuntimeException | Error ex) {
			if (!this.sinkFailed) {
				logger.error("A sink of captured output failed. This is a fault of the library; please report it.", ex);
			}
			this.sinkFailed = true;
		}
	}

}
