package dev.sysprims.tree;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.sysprims.os.Sweeper;
import dev.sysprims.process.SysprimsException;

/**
 * Looks in the process table for those that moved themselves out of a container. An
 * exiting process has left it a moment before it is a zombie, so whoever is seen must
 * still be there in a second look.
 */
final class MoversLookup {

	private final Sweeper sweeper;

	private final TableLookup table;

	MoversLookup(Sweeper sweeper, TableLookup table) {
		this.sweeper = sweeper;
		this.table = table;
	}

	/**
	 * Looks once, and where somebody is alive a second time.
	 * @param seen shown each look
	 * @param moved says after the second one who has moved
	 * @param failed the same when one could not be taken, or not whole
	 * @param movedOut given who has moved
	 */
	void look(Consumer<Sighting> seen, Supplier<List<Member>> moved, Function<SysprimsException, List<Member>> failed,
			Consumer<List<Member>> movedOut) {
		Consumer<SysprimsException> blind = (reason) -> movedOut.accept(failed.apply(reason));
		this.table.look((first) -> {
			seen.accept(first);
			if (first.incomplete() == null && first.alive().isEmpty()) {
				movedOut.accept(List.of());
				return;
			}
			this.sweeper.schedule(this.sweeper.nanoTime() + RescanInterval.SHORTEST.toNanos(),
					() -> this.table.look((second) -> {
						seen.accept(second);
						if (second.incomplete() != null) {
							blind.accept(second.incomplete());
						}
						else {
							movedOut.accept(moved.get());
						}
					}, blind));
		}, blind);
	}

}
