package dev.sysprims.os.posix;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** This JVM's ends of a child's pipes. */
final class ChildStreams {

	private final @Nullable ChildPipe input;

	private final @Nullable ChildPipe output;

	private final @Nullable ChildPipe errors;

	private final EventLoop loop;

	ChildStreams(@Nullable ChildPipe input, @Nullable ChildPipe output, @Nullable ChildPipe errors, EventLoop loop) {
		this.input = input;
		this.output = output;
		this.errors = errors;
		this.loop = loop;
	}

	void start() throws ErrnoException {
		for (ChildPipe pipe : pipes().toList()) {
			pipe.start();
		}
	}

	/** On the event loop, to which captured pipes are confined. */
	void finish(Runnable done) {
		this.loop.execute(() -> {
			try {
				pipes().forEach(ChildPipe::finish);
			}
			finally {
				done.run();
			}
		});
	}

	OutputStream stdin() {
		return (this.input instanceof OutputStream stream) ? stream : closedStream();
	}

	InputStream stdout() {
		return (this.output instanceof InputStream stream) ? stream : InputStream.nullInputStream();
	}

	InputStream stderr() {
		return (this.errors instanceof InputStream stream) ? stream : InputStream.nullInputStream();
	}

	private Stream<ChildPipe> pipes() {
		return Stream.of(this.input, this.output, this.errors).filter(Objects::nonNull);
	}

	private static OutputStream closedStream() {
		OutputStream stream = OutputStream.nullOutputStream();
		try {
			stream.close();
			return stream;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
