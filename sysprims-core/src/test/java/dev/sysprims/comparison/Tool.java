package dev.sysprims.comparison;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.zaxxer.nuprocess.NuAbstractProcessHandler;
import com.zaxxer.nuprocess.NuProcess;
import com.zaxxer.nuprocess.NuProcessBuilder;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecuteResultHandler;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.PumpStreamHandler;
import org.zeroturnaround.exec.ProcessExecutor;
import org.zeroturnaround.exec.StartedProcess;

/** A way to start a program in Java and to end it, politely first where it has that. */
interface Tool {

	/** Long enough for whoever wants to end by itself. */
	long GRACE_MILLIS = 300;

	/** Bounded, for nobody but the program itself is waited for by these. */
	long PATIENCE_SECONDS = 5;

	/**
	 * Starts a program.
	 * @return how to end it, or to wait for its end when it exits by itself
	 */
	Run start(List<String> command) throws Exception;

	/** A running program. */
	interface Run {

		/** Ends it as this tool's users do. */
		void end() throws Exception;

		/** Waits for its end, bounded, and does what this tool does then. */
		void await() throws Exception;

	}

	/** {@code destroy()}, and {@code destroyForcibly()} after a grace. */
	static Tool jdk() {
		return (command) -> new JdkRun(start(new ProcessBuilder(command)));
	}

	/** The same for the descendants that the JDK sees. */
	static Tool jdkDescendants() {
		return (command) -> new JdkRun(start(new ProcessBuilder(command))) {

			@Override
			public void end() throws InterruptedException {
				List<ProcessHandle> descendants = this.process.descendants().toList();
				super.end();
				descendants.forEach(ProcessHandle::destroyForcibly);
			}

		};
	}

	/** Cancelled, which destroys the process. */
	static Tool ztExec() {
		return (command) -> {
			StartedProcess started = new ProcessExecutor(command).start();
			return new JdkRun(started.getProcess()) {

				@Override
				public void end() throws InterruptedException {
					// A cancel that comes before the future's thread has begun does
					// nothing.
					this.process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
					started.getFuture().cancel(true);
					this.process.waitFor(2 * GRACE_MILLIS, TimeUnit.MILLISECONDS);
				}

			};
		};
	}

	/** {@code ExecuteWatchdog.destroyProcess()}. */
	static Tool commonsExec() {
		return (command) -> {
			CommandLine line = new CommandLine(command.get(0));
			command.subList(1, command.size()).forEach((argument) -> line.addArgument(argument, false));
			ExecuteWatchdog watchdog = ExecuteWatchdog.builder()
				.setTimeout(ExecuteWatchdog.INFINITE_TIMEOUT_DURATION)
				.get();
			DefaultExecutor executor = DefaultExecutor.builder()
				.setExecuteStreamHandler(new PumpStreamHandler(OutputStream.nullOutputStream()))
				.get();
			executor.setWatchdog(watchdog);
			DefaultExecuteResultHandler handler = new DefaultExecuteResultHandler();
			executor.execute(line, handler);
			return new Run() {

				@Override
				public void end() throws InterruptedException {
					watchdog.destroyProcess();
					await();
				}

				@Override
				public void await() throws InterruptedException {
					// It waits for whoever holds the pipes, too.
					handler.waitFor(Duration.ofMillis(2 * GRACE_MILLIS));
				}

			};
		};
	}

	/** {@code destroy(false)}, and {@code destroy(true)} after a grace. */
	static Tool nuProcess() {
		return (command) -> {
			NuProcess process = new NuProcessBuilder(new NuAbstractProcessHandler() {
			}, command).start();
			return new Run() {

				@Override
				public void end() throws InterruptedException {
					process.destroy(false);
					process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
					if (process.isRunning()) {
						process.destroy(true);
					}
					await();
				}

				@Override
				public void await() throws InterruptedException {
					process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
				}

			};
		};
	}

	private static Process start(ProcessBuilder builder) throws IOException {
		return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

	/** A process of the JDK's. */
	class JdkRun implements Run {

		final Process process;

		JdkRun(Process process) {
			this.process = process;
		}

		@Override
		public void end() throws InterruptedException {
			this.process.destroy();
			if (!this.process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
				this.process.destroyForcibly();
			}
			await();
		}

		@Override
		public void await() throws InterruptedException {
			this.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}

	}

}
