package dev.sysprims.os.jdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.JobMarker;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.os.Spawner;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.Command;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.SpawnFailedException;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * Starts programs with {@link ProcessBuilder}, each in a thread of its own: a start can
 * hang on a dead file system, and others must not wait for it. The JDK gives a file that
 * the kernel refuses as no program ({@code ENOEXEC}) to {@code sh}.
 */
final class JdkSpawner implements Spawner {

	private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

	private static final int TEXT_BUSY_ATTEMPTS = 5;

	private final JdkProcesses processes;

	private final Sweeper sweeper;

	private final Executor threads;

	JdkSpawner(JdkProcesses processes, Sweeper sweeper, Executor threads) {
		this.processes = processes;
		this.sweeper = sweeper;
		this.threads = threads;
	}

	@Override
	public CompletableFuture<SpawnedChild> spawn(SpawnRequest request, Consumer<ExitStatus> onExit) {
		CompletableFuture<SpawnedChild> started = new CompletableFuture<>();
		String program = request.command().program();
		try {
			this.threads.execute(() -> start(request, onExit, started));
		}
		catch (OutOfMemoryError ex) {
			started.completeExceptionally(noThread(program));
			return started;
		}
		Runnable cancel = this.sweeper
			.schedule(this.sweeper.nanoTime() + TIME_LIMIT.toNanos(),
					() -> started.completeExceptionally(new SysprimsException(ErrorKind.TIMEOUT, "Cannot start '"
							+ program + "': the system took more than " + TIME_LIMIT.toSeconds()
							+ " s. Its file, directory or output may be on a file system that does not answer.")));
		started.whenComplete((child, failure) -> cancel.run());
		return started;
	}

	private void start(SpawnRequest request, Consumer<ExitStatus> onExit, CompletableFuture<SpawnedChild> started) {
		try {
			String marker = JobMarker.next(request.atJvmDeath());
			JdkChild child = new JdkChild(launch(request, marker), request, marker, this.processes, this.threads);
			try {
				child.begin((status) -> {
					if (!started.isCompletedExceptionally()) {
						onExit.accept(status);
					}
				});
			}
			catch (OutOfMemoryError ex) {
				started.completeExceptionally(noThread(request.command().program()));
			}
			if (!started.complete(child)) {
				child.discard(); // whoever asked was told that it failed, or that it took
									// too long
			}
		}
		catch (SysprimsException ex) {
			started.completeExceptionally(ex);
		}
		catch (RuntimeException | Error ex) {
			started.completeExceptionally(new SysprimsException(ErrorKind.INTERNAL,
					"Cannot start '" + request.command().program() + "': " + ex, ex));
		}
	}

	private static Process launch(SpawnRequest request, String marker) {
		Command command = request.command();
		ProcessBuilder builder = new ProcessBuilder();
		Stdio.apply(request, builder);
		Path cwd = command.cwd();
		if (cwd != null) {
			requireDirectory(command.program(), cwd);
			builder.directory(cwd.toFile());
		}
		ChildEnvironment.apply(builder.environment(), command.env(), marker);
		builder.command(argv(command, builder.environment().get("PATH")));
		try {
			return startWhenWritten(builder);
		}
		catch (IOException ex) {
			throw StartFailure.of(command.program(), ex);
		}
		catch (IllegalArgumentException ex) { // Windows: quotes that cannot be passed on
			throw new SpawnFailedException("Cannot start '" + command.program() + "': " + ex.getMessage());
		}
	}

	private static List<String> argv(Command command, @Nullable String path) {
		if (JdkPlatform.windows()) {
			return command.argv();
		}
		Path file = new ProgramLookup(command.program(), command.cwd(), path).find();
		if (Objects.equals(path, System.getenv("PATH"))) {
			return command.argv(); // the JDK will find the same
		}
		List<String> argv = new ArrayList<>(command.argv());
		argv.set(0, file.toString());
		return argv;
	}

	private static Process startWhenWritten(ProcessBuilder builder) throws IOException {
		for (int attempt = 1; true; attempt++) {
			try {
				return builder.start();
			}
			catch (IOException ex) {
				// A child that is being forked elsewhere holds the file for a moment.
				if (attempt == TEXT_BUSY_ATTEMPTS || !StartFailure.textBusy(ex)) {
					throw ex;
				}
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10L * attempt));
			}
		}
	}

	private static void requireDirectory(String program, Path cwd) {
		if (!Files.isDirectory(cwd)) {
			throw new SpawnFailedException("Cannot start '" + program + "': its working directory " + cwd
					+ (Files.exists(cwd) ? " is no directory (ENOTDIR)." : " does not exist (ENOENT).")
					+ " Give an existing directory.");
		}
		if (!JdkPlatform.windows() && !Files.isExecutable(cwd)) {
			throw new SpawnFailedException("Cannot start '" + program + "': its working directory " + cwd
					+ " may not be entered (EACCES). Check its mode.");
		}
	}

	private static SpawnFailedException noThread(String program) {
		return new SpawnFailedException("Cannot start '" + program
				+ "': the system gives no more threads (EAGAIN), and without native access each program needs some. "
				+ StartFailure.MORE_PROCESSES);
	}

}
