package dev.sysprims.tree;

import java.util.List;

import dev.sysprims.os.SignalOutcome;
import dev.sysprims.process.Signal;

/**
 * Signals to members: in one step where it reaches several of them, else to one after the
 * other. Each notes what came of it. Confined to the sweeper.
 */
final class MemberSignals {

	private final Roster roster;

	private final RootSignals root;

	private final Runnable refused;

	private boolean stopped;

	/**
	 * Signals to the members of one tree.
	 * @param refused told when the first of all was to the root, which may not be
	 * signalled
	 */
	MemberSignals(Roster roster, RootSignals root, Runnable refused) {
		this.roster = roster;
		this.root = root;
		this.refused = refused;
	}

	/** From now on nobody is signalled. */
	void stop() {
		this.stopped = true;
	}

	void send(List<Member> members, Signal signal, boolean kill) {
		List<Member> together = members.stream().filter(this::inGroup).toList();
		if (!together.isEmpty()) {
			SignalOutcome sent = this.root.signalGroup(signal);
			if (sent == SignalOutcome.SENT) {
				together.forEach((member) -> member.signalled(sent, kill));
			}
			else {
				together.forEach((member) -> sendAlone(member, signal, kill));
			}
		}
		members.stream().filter((member) -> !inGroup(member)).forEach((member) -> sendAlone(member, signal, kill));
	}

	void sendAlone(Member member, Signal signal, boolean kill) {
		if (this.stopped) {
			return;
		}
		this.roster.withPin(member, (pin) -> {
			SignalOutcome sent = pin.signal(signal);
			member.signalled(sent, kill);
			boolean first = this.roster.members().stream().noneMatch(Member::isSignalled);
			if (sent == SignalOutcome.NOT_PERMITTED && first && this.roster.isRoot(member)) {
				this.refused.run();
			}
			else if (sent == SignalOutcome.NOT_SUPPORTED) {
				this.roster.warnings().add("This backend cannot send " + signal + "; members wait for the kill.");
			}
		});
	}

	/**
	 * Kills whoever the kernel holds, those born meanwhile too, where it does and can.
	 */
	boolean killContained(Signal kill) {
		return Signal.KILL.equals(kill) && this.root.killContained() == SignalOutcome.SENT;
	}

	/**
	 * After whoever is held was killed in one step: notes that of those inside, and kills
	 * the others, who may have left unseen.
	 */
	void completeKill(List<Member> members, Signal kill) {
		members.stream().filter(this.roster::isHeld).forEach((member) -> member.signalled(SignalOutcome.SENT, true));
		send(members.stream().filter((member) -> !this.roster.isHeld(member)).toList(), kill, true);
	}

	/**
	 * To the group of the root, whoever is in it, when nobody can be seen.
	 * @return what came of it; not supported where no group can be signalled
	 */
	SignalOutcome sendToGroup(Signal signal, boolean kill) {
		if (this.root.group() == null) {
			return SignalOutcome.NOT_SUPPORTED;
		}
		SignalOutcome sent = this.root.signalGroup(signal);
		this.roster.living().stream().filter(this.roster::isRoot).forEach((root) -> root.signalled(sent, kill));
		if (kill) {
			killContained(signal);
		}
		this.root.signalGroup(Signal.CONT);
		return sent;
	}

	/** A stopped process does not see a signal before it goes on. */
	void resumeAll(List<Member> members) {
		if (members.stream().anyMatch(this::inGroup)) {
			this.root.signalGroup(Signal.CONT);
		}
		members.stream().filter((member) -> !inGroup(member)).forEach(this::resume);
	}

	void resume(Member member) {
		if (!this.stopped) {
			this.roster.withPin(member, (pin) -> pin.signal(Signal.CONT));
		}
	}

	private boolean inGroup(Member member) {
		Long group = this.root.group();
		return group != null && member.entry().pgid() == group;
	}

}
