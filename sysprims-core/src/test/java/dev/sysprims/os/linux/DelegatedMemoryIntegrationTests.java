package dev.sysprims.os.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Objects;

import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.fixture.ProcessFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A JVM in a leaf of a cgroup that was delegated, with a limit of memory that it shares
 * with its jobs, as a service or a container has it.
 */
@Timeout(120)
class DelegatedMemoryIntegrationTests {

	private Path delegated;

	@BeforeEach
	void makeCgroup() throws IOException {
		CgroupsHere.assumeAvailable(LinuxSystem.open());
		Path own = Path.of(Objects.requireNonNull(CgroupPlace
			.find(Files.readString(Path.of("/proc/self/cgroup")), Files.readString(Path.of("/proc/self/mountinfo")))
			.directory()));
		this.delegated = Files.createDirectory(own.resolve("delegated-memory-" + ProcessHandle.current().pid()));
		if (!Files.exists(this.delegated.resolve("memory.max"))) {
			System.err.println("SKIPPED, a delegated cgroup with memory is NOT tested: " + own
					+ " has no memory controller for its children. .ci/guest-tests has one.");
		}
		assumeThat(this.delegated.resolve("memory.max")).as("the memory controller").exists();
		Files.writeString(this.delegated.resolve("memory.max"), "400M");
		delegate("1");
	}

	@AfterEach
	void removeCgroup() {
		if (this.delegated != null) {
			ProcessFixture.awaitTrue(this::isRemoved, this.delegated + " is not removed");
		}
	}

	@Test
	void jobsAreBesideTheJvmAndTheVictimOfTheSharedLimitSaysSo() throws Exception {
		List<String> said = runIn("jvm");
		assertThat(line(said, "jvm")).endsWith("/" + this.delegated.getFileName() + "/jvm");
		assertThat(line(said, "job")).contains("/" + this.delegated.getFileName() + "/sysprims-");
		assertThat(said).contains("cause OUT_OF_MEMORY", "peak true");
	}

	@Test
	void belowAUnitOfSystemdTheyStay() throws Exception {
		List<String> said = runIn("app.service");
		assertThat(line(said, "job")).contains("/app.service/sysprims-");
		assertThat(said).contains("cause SIGNAL");
	}

	@Test
	void whereNothingWasDelegatedTheyStayBelowTheJvm() throws Exception {
		delegate("0");
		List<String> said = runIn("jvm");
		assertThat(line(said, "job")).contains("/jvm/sysprims-");
		assertThat(said).contains("cause SIGNAL");
	}

	private List<String> runIn(String leaf) throws Exception {
		Path place = Files.createDirectory(this.delegated.resolve(leaf));
		String script = "echo $$ >" + place + "/cgroup.procs && exec \"$@\"";
		return new ChildJvm().withOptions("-Xmx64m")
			.through("sh", "-c", script, "sh")
			.run(MemoryProgram.class, "1024")
			.lines()
			.toList();
	}

	private static String line(List<String> said, String name) {
		return said.stream().filter((line) -> line.startsWith(name + " ")).findFirst().orElseThrow();
	}

	private void delegate(String value) throws IOException {
		Files.getFileAttributeView(this.delegated, UserDefinedFileAttributeView.class)
			.write("delegate", ByteBuffer.wrap(value.getBytes()));
	}

	private boolean isRemoved() {
		try {
			new CgroupDirectory(this.delegated).remove();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
