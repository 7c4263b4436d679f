package dev.sysprims.tree;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import dev.sysprims.process.SysprimsException;

/**
 * Looks at one tree until there is something to tell. Where one look is no proof that
 * nobody is left, two are that missed nobody. Confined to the sweeper.
 */
final class Survey {

	/** After as many looks that found nobody and proved nothing it fails. */
	static final int MOST_LOOKS = 20;

	/** The same when time is up: what two looks do not prove is reported as it is. */
	static final int MOST_LATE_LOOKS = 2;

	private final BiConsumer<Consumer<List<Member>>, Consumer<SysprimsException>> looker;

	private final BooleanSupplier isConclusive;

	private final BooleanSupplier hasMissedAny;

	private final BooleanSupplier isLate;

	private final Consumer<List<Member>> living;

	private final Consumer<SysprimsException> failed;

	private int emptyLooksWanted = 2;

	private int looks;

	/**
	 * A survey.
	 * @param looker looks once
	 * @param isConclusive whether one look is a proof
	 * @param hasMissedAny whether the last look missed somebody
	 * @param isLate whether the time for all looks is over, which may be long ones
	 * @param living given the living members, or none
	 * @param failed given the reason when nothing could be seen, or processes come and go
	 * too fast to be seen
	 */
	Survey(BiConsumer<Consumer<List<Member>>, Consumer<SysprimsException>> looker, BooleanSupplier isConclusive,
			BooleanSupplier hasMissedAny, BooleanSupplier isLate, Consumer<List<Member>> living,
			Consumer<SysprimsException> failed) {
		this.looker = looker;
		this.isConclusive = isConclusive;
		this.hasMissedAny = hasMissedAny;
		this.isLate = isLate;
		this.living = living;
		this.failed = failed;
	}

	void look() {
		this.looks++;
		this.looker.accept(this::seen, this.failed);
	}

	private void seen(List<Member> seen) {
		if (!this.hasMissedAny.getAsBoolean()) {
			this.emptyLooksWanted--;
		}
		if (!seen.isEmpty() || this.isConclusive.getAsBoolean() || this.emptyLooksWanted == 0) {
			this.living.accept(seen);
		}
		else if (this.looks >= (this.isLate.getAsBoolean() ? MOST_LATE_LOOKS : MOST_LOOKS)) {
			this.failed.accept(TreeWarnings.tooFastToBeSeen());
		}
		else {
			look();
		}
	}

}
