package dev.sysprims.supervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessInfo;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.tree.Failures;
import dev.sysprims.tree.OwnedTree;
import org.jspecify.annotations.Nullable;

/** The members of a job's tree that live now. */
final class JobMembers {

	private final @Nullable OwnedTree tree;

	private final OperatingSystem os;

	/**
	 * Those of this tree.
	 * @param tree null when it is over: then there are none
	 * @param os where they are
	 */
	JobMembers(@Nullable OwnedTree tree, OperatingSystem os) {
		this.tree = tree;
		this.os = os;
	}

	/** Each as it is now, the program first. */
	List<ProcessInfo> infos() {
		List<ProcessInfo> infos = new ArrayList<>();
		for (ProcessEntry member : entries()) {
			ProcessInfo info = this.os.read(member.pid(), ProcessFilter.all());
			if (info != null && isStill(member)) {
				infos.add(info);
			}
		}
		return List.copyOf(infos);
	}

	/** The JDK's handles of those that match. */
	Stream<ProcessHandle> handles(Predicate<ProcessEntry> which) {
		List<ProcessHandle> handles = new ArrayList<>();
		for (ProcessEntry member : entries()) {
			if (which.test(member)) {
				ProcessHandle.of(member.pid()).filter((handle) -> isStill(member)).ifPresent(handles::add);
			}
		}
		return handles.stream();
	}

	/** What was read under its number meanwhile is about it and not about a successor. */
	private boolean isStill(ProcessEntry member) {
		ProcessEntry now = this.os.entry(member.pid());
		return now != null && now.key().equals(member.key());
	}

	private List<ProcessEntry> entries() {
		if (this.tree == null) {
			return List.of();
		}
		try {
			return this.tree.members().join();
		}
		catch (CompletionException ex) {
			SysprimsException reason = Failures.asUnchecked(ex);
			// One failed scan is told to all who shared it: each gets a copy.
			throw new SysprimsException(reason.kind(), String.valueOf(reason.getMessage()), reason);
		}
	}

}
