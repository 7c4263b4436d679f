package dev.sysprims.tree;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import dev.sysprims.os.KernelContainer;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.FoundBy;
import dev.sysprims.process.SysprimsException;

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

	ContainerLookup(OperatingSystem os, ProcessKey root, KernelContainer container) {
		this.os = os;
		this.root = root;
		this.container = container;
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
		return new Sighting(found, lines::get, false);
	}

	boolean isOutside(Member member) {
		return this.container.isOutside(member.key());
	}

	/** Watches for it to become empty; {@code changed} is told on another thread. */
	Runnable watch(Runnable changed) {
		return this.container.watch(changed);
	}

	@Override
	public boolean isConclusive() {
		return true;
	}

}
