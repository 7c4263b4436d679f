package dev.sysprims.os.linux;

import java.util.stream.IntStream;

import dev.sysprims.escape.Escape;
import dev.sysprims.escape.EscapeProgram;
import dev.sysprims.escape.Way;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.process.Command;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** What the table shows of those that are never there for long. */
@Timeout(60)
class TableReaderIntegrationTests {

	private static final OperatingSystem OS = LinuxSystem.open();

	private static final int LOOKS = 500;

	private final LinuxProcesses processes = new LinuxProcesses(new KnownFacts());

	@Test
	void aProcessThatIsReplacedAllTheTimeIsSeenInNearlyEveryTable() throws Exception {
		EscapeProgram program = EscapeProgram.build()
			.orElseGet(() -> Assumptions.abort("There is no C compiler in the PATH: nothing was tested."));
		try (Escape escape = new Escape(program, Way.HOPPER, false);
				Spawned job = Spawned.start(OS, Command.of(escape.command().toArray(String[]::new)))) {
			escape.awaitReady();
			long seen = IntStream.range(0, LOOKS).filter((i) -> showsMemberOf(job.child().key().pid())).count();
			assertThat(seen).isGreaterThan(LOOKS * 9 / 10);
		}
	}

	private boolean showsMemberOf(long group) {
		return this.processes.table()
			.inGroup(group)
			.stream()
			.anyMatch((entry) -> entry.pid() != group && !entry.ended());
	}

}
