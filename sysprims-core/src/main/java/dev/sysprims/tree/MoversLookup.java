package dev.sysprims.tree;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.sysprims.os.Sweeper;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * Looks in the process table for those that moved themselves out of a container. An
 * exiting process has left it a moment before it is a zombie, so whoever is seen must
 * still be there in a second look.
 */
final class MoversLookup {

	private final Sweeper sweeper;

	private final TableLookup table;

	/** The last first look that showed anybody, of whomever it was for. */
	private @Nullable Sighting suspected;

	MoversLookup(Sweeper sweeper, TableLookup table) {
		this.sweeper = sweeper;
		this.table = table;
	}

	/**
	 * Looks once, and where somebody is alive a second time.
	 * @param first shown the first look
	 * @param second makes of the second look who has moved
	 * @param failed the same where it could not be taken, of the last first one if there
	 * was one
	 * @param movedOut given who has moved
	 */
	void look(Consumer<Sighting> first, Function<Sighting, List<Member>> second,
			BiFunction<SysprimsException, @Nullable Sighting, List<Member>> failed, Consumer<List<Member>> movedOut) {
		this.table.look((seen) -> {
			first.accept(seen);
			if (seen.leftOut() == null && seen.alive().isEmpty()) {
				movedOut.accept(List.of());
				return;
			}
			this.suspected = seen;
			this.sweeper.schedule(this.sweeper.nanoTime() + RescanInterval.SHORTEST.toNanos(),
					() -> this.table.look((again) -> movedOut
						.accept((again.leftOut() != null) ? failed.apply(again.leftOut(), again) : second.apply(again)),
							(reason) -> movedOut.accept(failed.apply(reason, seen))));
		}, (reason) -> movedOut.accept(failed.apply(reason, this.suspected)));
	}

}
