package dev.sysprims.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.sysprims.os.KernelContainer;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.process.FoundBy;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * Finds members in the process table by the bonds that a tree has. One look is not a
 * picture of one instant: a process may fork behind the reader's back and exit in front
 * of it.
 */
final class TableLookup implements MemberLookup {

	private final Surroundings surroundings;

	private final ProcessKey root;

	private final @Nullable ProcessKey pinned;

	private final List<MemberSource> sources;

	/**
	 * Those of whom it could not be told whether they are members, and why: until it can,
	 * or they are gone. Their bonds may be cut meanwhile.
	 */
	private final Map<ProcessKey, SysprimsException> doubtful = new HashMap<>();

	private TableLookup(Surroundings surroundings, ProcessKey root, @Nullable ProcessKey pinned,
			List<MemberSource> sources) {
		this.surroundings = surroundings;
		this.root = root;
		this.pinned = pinned;
		this.sources = sources;
	}

	/** The tree of a program of ours: nobody else can be in its session or group. */
	static TableLookup owned(Surroundings surroundings, SpawnedChild child, Supplier<Collection<Member>> known) {
		ProcessKey root = child.key();
		Long pgid = child.pgid();
		List<MemberSource> sources = new ArrayList<>();
		sources.add(MemberSource.root(root));
		sources.add(MemberSource.known(known));
		if (pgid != null) {
			sources.add(MemberSource.group(surroundings.os(), pgid));
		}
		sources.add(MemberSource.sessions(surroundings.os(), root, pgid != null));
		sources.add(MemberSource.descent(surroundings.os()));
		KernelContainer container = child.container();
		if (container != null) {
			sources.add(MemberSource.container(container));
		}
		String marker = child.marker();
		if (marker != null) {
			sources.add(MemberSource.carriers(surroundings.markers(), marker, root, FoundBy.MARKER));
		}
		child.pipes()
			.forEach((pipe) -> sources.add(MemberSource.carriers(surroundings.pipes(), pipe, root, FoundBy.PIPE)));
		return new TableLookup(surroundings, root, (pgid != null) ? root : null, sources);
	}

	/**
	 * The tree of somebody else's process: its descent, and its group where it leads one.
	 */
	static TableLookup foreign(Surroundings surroundings, ProcessEntry root, Supplier<Collection<Member>> known) {
		List<MemberSource> sources = new ArrayList<>();
		sources.add(MemberSource.root(root.key()));
		sources.add(MemberSource.known(known));
		if (root.pgid() == root.pid()) {
			sources.add(MemberSource.group(surroundings.os(), root.pgid()));
		}
		sources.add(MemberSource.sessions(surroundings.os(), root.key(), false));
		sources.add(MemberSource.descent(surroundings.os()));
		return new TableLookup(surroundings, root.key(), null, sources);
	}

	@Override
	public void look(Consumer<Sighting> seen, Consumer<SysprimsException> failed) {
		this.surroundings.scan((table) -> seen.accept(in(table)), failed);
	}

	Sighting in(ProcessTable table) {
		MemberSearch search = new MemberSearch(table, this.pinned);
		Map<ProcessEntry, FoundBy> found = search.run(this.sources);
		search.turnedDown().forEach((candidate) -> this.doubtful.remove(candidate.key()));
		search.leftOut().forEach((candidate, reason) -> this.doubtful.put(candidate.key(), reason));
		this.doubtful.keySet().removeIf((key) -> {
			ProcessEntry now = table.get(key);
			return now == null || now.ended() || found.containsKey(now);
		});
		SysprimsException incomplete = search.incomplete();
		return new Sighting(found, List.of(), table::get, this.surroundings.hasMissedAny(this.root.start()),
				(incomplete != null) ? incomplete : this.doubtful.values().stream().findAny().orElse(null));
	}

}
