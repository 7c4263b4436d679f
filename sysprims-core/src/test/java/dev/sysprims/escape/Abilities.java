package dev.sysprims.escape;

import java.util.EnumSet;
import java.util.Set;

import dev.sysprims.Sysprims;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;
import dev.sysprims.tree.TreesAccess;

/** Finds what the session tier of this build can tell of a process. */
final class Abilities {

	/**
	 * Nothing outside tells whether the policy has it: empty this set when it does, and
	 * the cases are asserted.
	 */
	private static final Set<Ability> NOT_BUILT_YET = EnumSet.of(Ability.QUIET_TABLE);

	private Abilities() {
	}

	/** Tried with real jobs of this supervisor. */
	static Set<Ability> find(EscapeProgram program, ProcessSupervisor supervisor) throws Exception {
		OperatingSystem os = ((TreesAccess) Sysprims.system()).trees().os();
		Set<Ability> found = EnumSet.of(Ability.BONDS, Ability.QUIET_TABLE);
		found.removeAll(NOT_BUILT_YET);
		if (hasLedger()) {
			found.add(Ability.LEDGER);
		}
		try (Escape escape = new Escape(program, Way.BACKGROUND, false)) {
			ProcessEntry entry = start(escape, supervisor, os);
			if (os.markerOf(entry.key()) != null) {
				found.add(Ability.MARKER);
			}
			if (!os.pipesOf(entry.key()).isEmpty()) {
				found.add(Ability.PIPES);
			}
		}
		try (Escape escape = new Escape(program, Way.HEADLESS_PROGRAM, false)) {
			ProcessEntry entry = start(escape, supervisor, os);
			if (!entry.ended()) {
				found.add(Ability.THREADS);
				if (os.markerOf(entry.key()) != null) {
					found.add(Ability.MARKER_OF_THREADS);
				}
			}
		}
		return found;
	}

	private static ProcessEntry start(Escape escape, ProcessSupervisor supervisor, OperatingSystem os) {
		Job job = supervisor.start(JobSpec.command(escape.command()).build());
		escape.awaitReady();
		ProcessEntry entry = os.entry(job.pid());
		if (entry == null) {
			throw new AssertionError("The program " + job.pid() + " is gone.");
		}
		return entry;
	}

	private static boolean hasLedger() {
		try {
			Class.forName("dev.sysprims.tree.Ledger");
			return true;
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

}
