package dev.sysprims.supervisor;

import java.util.List;

import dev.sysprims.Sysprims;
import dev.sysprims.os.jdk.JdkSystem;
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

	},

	/** What every JDK has. */
	JDK {

		private final ProcessTrees trees = new ProcessTrees(JdkSystem.open(List.of("A test asked for it.")));

		@Override
		ProcessTrees trees() {
			return this.trees;
		}

	};

	abstract ProcessTrees trees();

	boolean has(Capability capability) {
		return trees().os().platform().has(capability);
	}

}
