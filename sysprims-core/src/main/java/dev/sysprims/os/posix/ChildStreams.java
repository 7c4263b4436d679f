package dev.sysprims.os.posix;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This JVM's ends of a child's pipes. */
final class ChildStreams {

	private static final Logger logger = LoggerFactory.getLogger(ChildStreams.class);

	private final @Nullable ChildPipe input;

	private final @Nullable ChildPipe output;

	private final @Nullable ChildPipe errors;

	private final Set<String> outputPipes;

	private final EventLoop loop;

	ChildStreams(@Nullable ChildPipe input, @Nullable ChildPipe output, @Nullable ChildPipe errors,
			Set<String> outputPipes, EventLoop loop) {
		this.input = input;
		this.output = output;
		this.errors = errors;
		this.outputPipes = outputPipes;
		this.loop = loop;
	}

	/** Names of the pipes that the child writes to, as {@link PipeName} has them. */
	Set<String> outputPipes() {
		return this.outputPipes;
	}

	void start() throws ErrnoException {
		for (ChildPipe pipe : pipes().toList()) {
			pipe.start();
		}
	}

	/** On the event loop, to which captured pipes are confined. */
	void finish(Runnable done) {
		if (pipes().findAny().isEmpty()) {
			done.run();
			return;
		}
		this.loop.execute(() -> {
			pipes().forEach(ChildStreams::finish);
			done.run();
		});
	}

	/** What befalls one pipe must not keep the others open. */
	private static void finish(ChildPipe pipe) {
		try {
			pipe.finish();
		}
		catch (RuntimeException | Error ex) {
			logger.error("The end of a child's output or input failed.", ex);
		}
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
