package dev.sysprims.process;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A JVM without Jackson's annotations, which uses the annotated values. */
final class WithoutJackson {

	private WithoutJackson() {
	}

	public static void main(String[] arguments) throws Exception {
		try {
			Class.forName("com.fasterxml.jackson.annotation.JsonValue");
			throw new AssertionError("Jackson is here");
		}
		catch (ClassNotFoundException expected) {
			System.out.println("no Jackson");
		}
		Instant now = Instant.EPOCH;
		ProcessIdentity identity = new ProcessIdentity("linux", "b", 1, 2, null);
		List<Object> values = List.of(
				new ProcessInfo(1, null, null, null, null, null, null, null, null, ProcessState.UNKNOWN, List.of(),
						null, null),
				new SpawnInGroupResult(now, "linux", 1L, TreeKillReliability.BEST_EFFORT, List.of(), identity),
				new WaitPidResult(now, "linux", 1, true, false, 0, null, List.of()),
				new TerminateTreeResult(now, "linux", 1, 1L, Signal.TERM, null, true, false,
						TreeKillReliability.BEST_EFFORT, List.of(), List.of(), java.time.Duration.ZERO));
		for (Object value : values) {
			// Reflection meets an annotation whose class is missing, and leaves it out.
			int annotations = value.getClass().getMethod("toDocument").getAnnotations().length;
			Map<?, ?> document = (Map<?, ?>) value.getClass().getMethod("toDocument").invoke(value);
			System.out.println(value.getClass().getSimpleName() + " " + annotations + " " + document.get("pid") + " "
					+ values.contains(value) + " " + value.toString().isEmpty());
		}
	}

}
