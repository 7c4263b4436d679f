package dev.sysprims.surroundings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.sysprims.fixture.CProgram;
import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.process.Containment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** JVMs whose wall clock is stepped while they run, and no other clock. */
@EnabledOnOs(OS.LINUX)
class SteppedClockIntegrationTests {

	private static String library = "";

	@TempDir
	private Path directory;

	@BeforeAll
	static void build() throws Exception {
		library = CProgram.buildLibrary("surroundings/clockstep.c", "a clock that can be stepped")
			.map(Object::toString)
			.orElse("");
		assumeThat(library).as("a C compiler").isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(longs = { 30, -30 })
	void aProcessIsStillTheSameAndATreeIsEndedWithinItsBudget(long days) throws Exception {
		try (SurroundedJvm jvm = SurroundedJvm.start(withSteppableClock(), Containment.SESSION)) {
			assertThat(jvm.ask("warm")).isEmpty();
			jvm.startTree();
			String identify = "identify " + jvm.process("daemon").pid();
			List<String> identity = jvm.ask(identify);
			stepAndSee(jvm, Duration.ofDays(days));
			assertThat(jvm.ask(identify)).isEqualTo(identity);
			assertThat(jvm.ask("check " + identity.get(0))).containsExactly("SAME");
			assertThat(jvm.terminate()).contains("exited true", "survivors ");
			jvm.awaitAnswer("check " + identity.get(0), "GONE"); // once init has reaped
																	// it
			jvm.assertWorksAsBefore();
		}
	}

	@Test
	void aStepForwardIsNoTimeout() throws Exception {
		try (SurroundedJvm jvm = SurroundedJvm.start(withSteppableClock(), Containment.SESSION)) {
			assertThat(jvm.ask("timed 3600")).isEmpty();
			stepAndSee(jvm, Duration.ofDays(1));
			assertThat(jvm.ask("await 2")).containsExactly("still running");
		}
	}

	@Test
	void aStepBackDoesNotPutOffATimeout() throws Exception {
		try (SurroundedJvm jvm = SurroundedJvm.start(withSteppableClock(), Containment.SESSION)) {
			assertThat(jvm.ask("timed 2")).isEmpty();
			stepAndSee(jvm, Duration.ofDays(-1));
			assertThat(jvm.ask("await 30")).containsExactly("TIMED_OUT after a moment: true");
		}
	}

	private ChildJvm withSteppableClock() throws IOException {
		step(Duration.ZERO);
		return new ChildJvm().through("env", "LD_PRELOAD=" + library, "CLOCKSTEP=" + file());
	}

	private void stepAndSee(SurroundedJvm jvm, Duration by) throws Exception {
		step(by);
		Duration seen = Duration.between(Instant.now(), Instant.parse(jvm.ask("now").get(0)));
		assertThat(seen).isBetween(by.minusMinutes(1), by.plusMinutes(1));
	}

	/** In place, because it is mapped. */
	private void step(Duration by) throws IOException {
		try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
			channel.write(seconds.putLong(by.toSeconds()).flip());
		}
	}

	private Path file() {
		return this.directory.resolve("step");
	}

}
