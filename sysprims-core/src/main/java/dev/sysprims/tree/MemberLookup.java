package dev.sysprims.tree;

import java.util.function.Consumer;

import dev.sysprims.process.SysprimsException;

/** Looks for the members of one tree. Confined to the sweeper. */
interface MemberLookup {

	/**
	 * Looks once.
	 * @param seen given what was seen, not before this returns
	 * @param failed given the reason when nothing could be seen
	 */
	void look(Consumer<Sighting> seen, Consumer<SysprimsException> failed);

}
