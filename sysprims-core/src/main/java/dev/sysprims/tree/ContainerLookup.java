package dev.sysprims.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.sysprims.os.KernelContainer;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.FoundBy;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * Finds members where the kernel holds them: no process table is read, and one look that
 * finds it unpopulated is the proof.
 */
final class ContainerLookup implements MemberLookup {

	/** Who comes and goes faster than it can be listed is caught by looking again. */
	private static final int MOST_LOOKS = 20;

	private final OperatingSystem os;

	private final ProcessKey root;

	private final KernelContainer container;

	private final Supplier<Collection<Member>> known;

	/** Who was inside at the last look. */
	private final Set<ProcessKey> held = new HashSet<>();

	private @Nullable Runnable unwatch;

	ContainerLookup(OperatingSystem os, ProcessKey root, KernelContainer container,
			Supplier<Collection<Member>> known) {
		this.os = os;
		this.root = root;
		this.container = container;
		this.known = known;
	}

	@Override
	public void look(Consumer<Sighting> seen, Consumer<SysprimsException> failed) {
		this.os.sweeper().execute(() -> {
			Sighting sighting;
			try {
				sighting = now();
			}
			catch (SysprimsException ex) {
				failed.accept(ex);
				return;
			}
			seen.accept(sighting);
		});
	}

	private Sighting now() {
		List<ProcessEntry> listed = List.of();
		for (int i = 0; i < MOST_LOOKS; i++) {
			if (!this.container.isPopulated()) {
				return sighting(List.of());
			}
			listed = this.container.members();
			if (listed.stream().anyMatch((member) -> !member.ended())) {
				return sighting(listed.stream().filter((member) -> !member.ended()).toList());
			}
		}
		if (listed.isEmpty()) {
			throw new SysprimsException(ErrorKind.SYSTEM, "it is populated and yet names no process of this system");
		}
		// What looks like a zombie has lost its first thread only (pthread_exit(3)).
		return sighting(listed.stream().map(ContainerLookup::alive).toList());
	}

	private static ProcessEntry alive(ProcessEntry member) {
		return new ProcessEntry(member.key(), member.ppid(), member.pgid(), member.sid(), false, member.name());
	}

	// The very line that was known before stands for one that could not be read now.
	@SuppressWarnings("ReferenceEquality")
	private Sighting sighting(List<ProcessEntry> members) {
		Map<ProcessEntry, FoundBy> found = new LinkedHashMap<>();
		Map<ProcessKey, ProcessEntry> lines = new HashMap<>();
		Set<Long> untouchable = members.isEmpty() ? Set.of() : Targets.ownLine(this.os::entry);
		for (ProcessEntry member : members) {
			if (!untouchable.contains(member.pid())) {
				found.put(member, member.key().equals(this.root) ? FoundBy.LEADER : FoundBy.CONTAINER);
				lines.put(member.key(), member);
			}
		}
		this.held.clear();
		this.held.addAll(lines.keySet());
		List<Member> movedOut = new ArrayList<>();
		this.known.get().stream().filter((member) -> !lines.containsKey(member.key())).forEach((member) -> {
			ProcessEntry line = lineNow(member.entry());
			if (line != null) {
				found.put(line, member.foundBy());
				lines.put(line.key(), line);
				if (isOutside(member) && canBeRead(line)) {
					movedOut.add(member);
				}
			}
		});
		return new Sighting(found, movedOut, lines::get, false, null);
	}

	/** Its line if it is alive; the last one where that cannot be told. */
	private @Nullable ProcessEntry lineNow(ProcessEntry last) {
		try {
			ProcessEntry line = this.os.entry(last.pid());
			if (line == null && last.key().equals(this.root)) {
				// Nobody has reaped it: there must be a line.
				return last;
			}
			return (line != null && line.key().equals(last.key()) && !line.ended()) ? line : null;
		}
		catch (SysprimsException ex) {
			return last;
		}
	}

	private boolean canBeRead(ProcessEntry line) {
		try {
			return this.os.entry(line.pid()) != null;
		}
		catch (SysprimsException ex) {
			return false;
		}
	}

	/**
	 * Whether somebody is inside, as far as it can be told: some may have left, and this
	 * still be true of the others.
	 */
	boolean isPopulated() {
		try {
			return this.container.isPopulated();
		}
		catch (SysprimsException ex) {
			return false;
		}
	}

	/** Whether it was inside at the last look; who was not may only be unreadable. */
	boolean holds(ProcessKey member) {
		return this.held.contains(member);
	}

	/** Whether it is alive elsewhere; one that is exiting is inside still. */
	boolean isOutside(Member member) {
		return this.container.isOutside(member.key());
	}

	/** Of those that lived at the last look, who has ended since. */
	List<Member> gone(List<Member> lived) {
		return lived.stream().filter((member) -> lineNow(member.entry()) == null).toList();
	}

	/** Watches, once, for it to become empty; told on the sweeper. */
	void watch(Runnable changed) {
		if (this.unwatch == null) {
			this.unwatch = this.container.watch(() -> this.os.sweeper().execute(changed));
		}
	}

	void unwatch() {
		if (this.unwatch != null) {
			this.unwatch.run();
		}
	}

}
