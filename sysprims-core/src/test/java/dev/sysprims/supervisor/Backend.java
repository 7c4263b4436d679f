package dev.sysprims.supervisor;

import dev.sysprims.Sysprims;
import dev.sysprims.process.Capability;
import dev.sysprims.tree.ProcessTrees;
import dev.sysprims.tree.TreesAccess;

/** The backends on which the same promises are tried, as far as each has the means. */
enum Backend {

	/** What the system at hand has. */
	NATIVE {

		@Override
		ProcessTrees trees() {
			return ((TreesAccess) Sysprims.system()).trees();
		}

	};

	abstract ProcessTrees trees();

	boolean has(Capability capability) {
		return trees().os().platform().has(capability);
	}

}
