package dev.sysprims.os.linux;

import java.util.List;

/** Trees that get away from whoever only ends what it started. */
final class MixedTrees {

	private static final String CHILD = "sh -c '. \"$0\"; announce %s; %s' \"$FIXTURE\"";

	private static final List<String> SCRIPTS = List.of(
			// a child that is nothing special
			"%s & announce leader%d; exec sleep 600",
			// a session of its own
			"setsid %s & announce leader%d; exec sleep 600",
			// a daemon, whose parents have ended
			"(setsid %s &); announce leader%d; exec sleep 600",
			// stopped, parent and child
			"%s & announce leader%d; kill -STOP $$; exec sleep 600",
			// deaf, parent and child
			"trap '' TERM HUP INT; %s & announce leader%d; exec sleep 600");

	private static final List<String> CHILD_ENDS = List.of("exec sleep 600", "exec sleep 600", "exec sleep 600",
			"kill -STOP $$; exec sleep 600", "exec sleep 600");

	private MixedTrees() {
	}

	/** Starts so many, of all kinds in turn, and waits until all their processes run. */
	static void start(GuardingJvm jvm, int count) {
		for (int i = 0; i < count; i++) {
			int kind = i % SCRIPTS.size();
			String child = CHILD.formatted("child" + i, CHILD_ENDS.get(kind));
			jvm.start("guard", SCRIPTS.get(kind).formatted(child, i));
		}
		for (int i = 0; i < count; i++) {
			jvm.await("leader" + i);
			jvm.await("child" + i);
		}
	}

}
