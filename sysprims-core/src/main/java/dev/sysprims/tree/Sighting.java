package dev.sysprims.tree;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.process.FoundBy;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a tree saw.
 *
 * @param found the members, some maybe as zombies, and by which bond
 * @param movedOut members that were in the tree's container and are not any more
 * @param lines the line of any process, or null when it is not there any more
 * @param missedAny whether somebody came and went who may have been a member
 * @param incomplete why somebody may be a member who was not found, or null when all were
 * asked for
 */
record Sighting(Map<ProcessEntry, FoundBy> found, List<Member> movedOut,
		Function<ProcessKey, @Nullable ProcessEntry> lines, boolean missedAny, @Nullable SysprimsException incomplete) {

	@Nullable ProcessEntry line(ProcessKey key) {
		return this.lines.apply(key);
	}

	/** Of the members, those that were alive. */
	Map<ProcessEntry, FoundBy> alive() {
		Map<ProcessEntry, FoundBy> alive = new LinkedHashMap<>(this.found);
		alive.keySet().removeIf(ProcessEntry::ended);
		return alive;
	}

}
