package dev.sysprims.supervisor;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.Reaped;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.Signal;
import org.jspecify.annotations.Nullable;

/** A process of {@link FakeSystem}. */
final class FakeProcess implements SpawnedChild {

	/** Signals that do nothing to it. */
	final Set<Signal> ignored = ConcurrentHashMap.newKeySet();

	/** What is answered instead of sending. */
	volatile @Nullable SignalOutcome answer;

	final List<Signal> received = new CopyOnWriteArrayList<>();

	private final FakeSystem system;

	private final ProcessKey key;

	private final long group;

	private final long session;

	private final List<Consumer<ExitStatus>> watchers = new ArrayList<>();

	private final Map<SinkOf, ChildOutput> outputs = new EnumMap<>(SinkOf.class);

	private @Nullable ExitStatus status;

	private ExitStatus reported = ExitStatus.UNKNOWN;

	enum SinkOf {

		STDOUT, STDERR

	}

	FakeProcess(FakeSystem system, ProcessKey key, long group, long session) {
		this.system = system;
		this.key = key;
		this.group = group;
		this.session = session;
	}

	void started(SpawnRequest request, Consumer<ExitStatus> onExit) {
		this.outputs.put(SinkOf.STDOUT, request.stdout());
		this.outputs.put(SinkOf.STDERR, request.stderr());
		watch(onExit);
	}

	void watch(Consumer<ExitStatus> onExit) {
		ExitStatus already;
		synchronized (this) {
			already = this.status;
			if (already == null) {
				this.watchers.add(onExit);
			}
		}
		if (already != null) {
			onExit.accept(already);
		}
	}

	void exit(int code) {
		end(ExitStatus.exited(code));
	}

	void end(ExitStatus how) {
		List<Consumer<ExitStatus>> told;
		synchronized (this) {
			if (this.status != null) {
				return;
			}
			this.status = how;
			this.reported = how;
			told = List.copyOf(this.watchers);
		}
		told.forEach((watcher) -> watcher.accept(how));
	}

	/** Writes to a captured stream. */
	void write(SinkOf stream, String text) {
		if (this.outputs.get(stream) instanceof ChildOutput.Capture capture) {
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			capture.sink().accept(bytes, 0, bytes.length);
		}
	}

	long group() {
		return this.group;
	}

	synchronized ProcessEntry entry() {
		return new ProcessEntry(this.key, 1, this.group, this.session, this.status != null, "fake");
	}

	@Override
	public ProcessIdentity identity() {
		return this.system.identityOf(this.key);
	}

	@Override
	public ProcessKey key() {
		return this.key;
	}

	@Override
	public Long pgid() {
		return this.group;
	}

	@Override
	public List<String> warnings() {
		return List.of("It is only a fake.");
	}

	@Override
	public SignalOutcome signal(Signal signal) {
		if (this.answer != null) {
			return this.answer;
		}
		synchronized (this) {
			if (this.status != null) {
				return SignalOutcome.GONE;
			}
		}
		this.received.add(signal);
		if (!this.ignored.contains(signal) && !signal.equals(Signal.CONT)) {
			end(ExitStatus.signalled(signal));
		}
		return SignalOutcome.SENT;
	}

	@Override
	public SignalOutcome signalGroup(Signal signal) {
		this.system.group(this.group).forEach((process) -> process.signal(signal));
		return SignalOutcome.SENT;
	}

	@Override
	public synchronized Reaped reap() {
		if (this.status != null) {
			this.system.gone(this);
		}
		return new Reaped((this.status != null) ? this.reported : ExitStatus.UNKNOWN, null);
	}

	@Override
	public OutputStream stdin() {
		return new ByteArrayOutputStream();
	}

	@Override
	public InputStream stdout() {
		return InputStream.nullInputStream();
	}

	@Override
	public InputStream stderr() {
		return InputStream.nullInputStream();
	}

	@Override
	public void finishStreams(Runnable done) {
		this.outputs.values().forEach((output) -> {
			if (output instanceof ChildOutput.Capture capture) {
				capture.sink().end();
			}
		});
		this.outputs.clear();
		done.run();
	}

}
