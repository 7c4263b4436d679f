package dev.sysprims.process;

/** How sure the end of a whole process tree is. */
public enum TreeKillReliability {

	/** The kernel itself holds membership, so that no descendant can leave the tree. */
	GUARANTEED("guaranteed"),

	/**
	 * Members are found by group, session and descent; a descendant can get out of sight.
	 * A warning names how.
	 */
	BEST_EFFORT("best_effort");

	private final String contractName;

	TreeKillReliability(String contractName) {
		this.contractName = contractName;
	}

	/**
	 * The contract's word for it.
	 * @return the lower-case word used in documents
	 */
	public String contractName() {
		return this.contractName;
	}

}
