package dev.sysprims.tree;

import java.util.Collection;
import java.util.function.Consumer;

import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.PinnedProcess;

/**
 * Holds on to members, to watch their ends and to signal them. Confined to the sweeper.
 */
final class Pins {

	/**
	 * Watching a member costs a descriptor; a larger tree is looked after by scans, so
	 * that the application keeps its own.
	 */
	private static final int MOST_WATCHED = 64;

	private final OperatingSystem os;

	private final Collection<String> warnings;

	private final Consumer<Member> ended;

	private int watched;

	/**
	 * Pins for one tree.
	 * @param os where they are made
	 * @param warnings gets what is weaker about them
	 * @param ended told on the sweeper of a watched member that has exited
	 */
	Pins(OperatingSystem os, Collection<String> warnings, Consumer<Member> ended) {
		this.os = os;
		this.warnings = warnings;
		this.ended = ended;
	}

	/** Watches the end of a member; says whether it does. */
	boolean watch(Member member) {
		if (member.pin() != null || member.hasEnded()) {
			return true;
		}
		if (this.watched == MOST_WATCHED) {
			return false;
		}
		this.watched++;
		PinnedProcess pin = this.os.pin(member.key(),
				(status) -> this.os.sweeper().execute(() -> this.ended.accept(member)));
		pin.warning().ifPresent(this.warnings::add);
		member.pinned(pin);
		return true;
	}

	void unwatch(Member member) {
		PinnedProcess pin = member.pin();
		if (pin != null) {
			pin.close();
			member.pinned(null);
			this.watched--;
		}
	}

	/** Runs an action on the pin that watches the member, or on a passing one. */
	void with(Member member, Consumer<PinnedProcess> action) {
		PinnedProcess pin = member.pin();
		if (pin != null) {
			action.accept(pin);
			return;
		}
		try (PinnedProcess passing = this.os.pin(member.key(), (status) -> {
		})) {
			action.accept(passing);
		}
	}

}
