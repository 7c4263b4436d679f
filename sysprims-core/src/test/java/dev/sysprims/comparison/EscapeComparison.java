package dev.sysprims.comparison;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.sysprims.escape.EscapeProgram;
import dev.sysprims.escape.Tiers;
import dev.sysprims.escape.Way;
import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.process.Containment;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Runs every way out of a process tree against the JDK, its descendants, zt-exec,
 * commons-exec, NuProcess and each tier of ours, and writes the table of those that were
 * left into {@code docs/escapes.md}. Not part of the build; run by hand: see
 * CONTRIBUTING.
 */
class EscapeComparison {

	private static final Path PAGE = Path.of(System.getProperty("basedir", "."), "../docs/escapes.md");

	/** As many ways as one more JVM gets through in its time. */
	private static final int BATCH = 8;

	/** Most of the time is spent waiting for those that were not ended. */
	private final ExecutorService atOnce = Executors.newFixedThreadPool(5);

	private final Map<String, Map<Boolean, Map<Way, String>>> counts = new LinkedHashMap<>();

	@Test
	void writeThePage() throws Exception {
		EscapeProgram program = EscapeProgram.build()
			.orElseGet(() -> Assumptions.abort("There is no C compiler in the PATH: nothing was compared."));
		count("JDK", Tool.jdk(), program);
		count("JDK descendants", Tool.jdkDescendants(), program);
		count("zt-exec", Tool.ztExec(), program);
		count("commons-exec", Tool.commonsExec(), program);
		count("NuProcess", Tool.nuProcess(), program);
		try (ProcessSupervisor supervisor = Tiers.supervisor().containment(Containment.SESSION).build()) {
			count("session tier", new SupervisedTool(supervisor), program);
		}
		countInAReaper("reaper tier", program);
		try (ProcessSupervisor supervisor = Tiers.cgroup().orElse(null)) {
			if (supervisor != null) {
				count("cgroup tier", new SupervisedTool(supervisor), program);
			}
			else {
				results("cgroup tier", false);
			}
		}
		this.atOnce.shutdown();
		Files.writeString(PAGE, new EscapePage(this.counts).text());
	}

	private void count(String name, Tool tool, EscapeProgram program) throws Exception {
		for (boolean leaves : new boolean[] { false, true }) {
			Map<Way, Future<String>> running = new LinkedHashMap<>();
			for (Way way : Way.values()) {
				running.put(way, this.atOnce.submit(() -> EscapeCount.of(tool, program, way, leaves)));
			}
			for (Map.Entry<Way, Future<String>> one : running.entrySet()) {
				results(name, leaves).put(one.getKey(), one.getValue().get());
			}
			System.out.println(name + (leaves ? ", program exits: " : ", ended: ") + results(name, leaves));
		}
	}

	private void countInAReaper(String name, EscapeProgram program) throws Exception {
		results(name, false);
		Way[] ways = Way.values();
		for (int from = 0; from < ways.length; from += BATCH) {
			List<String> arguments = new ArrayList<>(List.of(program.executable().toString()));
			Stream.of(ways).skip(from).limit(BATCH).map(Way::name).forEach(arguments::add);
			String said = new ChildJvm().run(EscapeCount.class, arguments.toArray(String[]::new));
			for (String line : said.lines().toList()) {
				String[] words = line.split(" ");
				if (words[0].equals("count")) {
					results(name, Boolean.parseBoolean(words[2])).put(Way.valueOf(words[1]), words[3]);
				}
			}
		}
		System.out.println(name + ": " + this.counts.get(name));
	}

	private Map<Way, String> results(String tool, boolean leaves) {
		return this.counts.computeIfAbsent(tool, (name) -> new HashMap<>())
			.computeIfAbsent(leaves, (variant) -> new LinkedHashMap<>());
	}

}
