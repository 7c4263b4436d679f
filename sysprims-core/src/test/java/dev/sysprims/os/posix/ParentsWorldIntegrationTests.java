package dev.sysprims.os.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.fixture.ProcessFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What this JVM got from its own parent, and what of it its children get. */
class ParentsWorldIntegrationTests {

	private final ProcessFixture fixture = new ProcessFixture();

	@AfterEach
	void closeFixture() {
		this.fixture.close();
	}

	@Test
	void closedStdioIsInheritedAsDevNullAndNothingOfOursTakesItsPlace() throws Exception {
		Path said = this.fixture.directory().resolve("said");
		new ChildJvm().through("sh", "-c", "exec \"$@\" <&- >&- 2>&-", "sh")
			.run(ClosedStdioProgram.class, said.toString());
		assertThat(said).content().isEqualTo("""
				inherited /dev/null pipe /dev/null
				inherited /dev/null /dev/null pipe
				own 0 other
				own 1 other
				own 2 other
				piped
				""");
	}

	@Test
	void signalsThatThisJvmIgnoresAreNotIgnoredByAChildAndItsStatusIsKept() throws Exception {
		String said = new ChildJvm().through("sh", "-c", "trap '' HUP INT PIPE CHLD; exec \"$@\"", "sh")
			.run(IgnoredSignalsProgram.class);
		assertThat(said.lines()).hasSize(4)
			.element(0)
			.asString()
			.startsWith("jvm ")
			.isNotEqualTo("jvm 0000000000000000");
		assertThat(said.lines().skip(1)).containsExactly("child 0000000000000000", "ended true", "ended 3");
	}

	@Test
	void theEnvironmentIsHandedOnByteByByteButForWhatSystemdToldThisJvm() throws Exception {
		List<String> variables = environment("LC_ALL=C.UTF-8");
		assertThat(variables).contains(hex("my.prop=1"), hex("9lives=2"), "52 41 57 3d ff fe 3d 78", hex("ADDED=ü"));
		assertThat(variables)
			.noneMatch((variable) -> variable.startsWith(hex("NOTIFY_")) || variable.startsWith(hex("WATCHDOG_"))
					|| variable.startsWith(hex("LISTEN_")))
			.anyMatch((variable) -> variable.startsWith(hex("NOTIFIED")));
	}

	@Test
	void withoutALocaleTextIsUtf8() throws Exception {
		assertThat(environment("LC_ALL=C")).contains(hex("ADDED=ü"), "argument " + hex("ü"));
	}

	private static List<String> environment(String locale) throws IOException, InterruptedException {
		String script = "RAW=$(printf '\\377\\376=x'); export RAW; exec env my.prop=1 9lives=2 NOTIFY_SOCKET=/run/n "
				+ "NOTIFIED=yes WATCHDOG_PID=1 WATCHDOG_USEC=9 LISTEN_FDS=1 LISTEN_PID=1 LISTEN_FDNAMES=a " + locale
				+ " \"$@\"";
		return new ChildJvm().through("sh", "-c", script, "sh").run(EnvironmentProgram.class).lines().toList();
	}

	private static String hex(String text) {
		return HexFormat.ofDelimiter(" ").formatHex(text.getBytes(StandardCharsets.UTF_8));
	}

}
