package dev.sysprims;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application on the module path, with native access for the two modules that need it
 * and for no other.
 */
class ModulePathIntegrationTests {

	private static final String MODULE_INFO = """
			module app {
				requires dev.sysprims.core;
			}
			""";

	private static final String MAIN = """
			package app;

			import dev.sysprims.Sysprims;
			import dev.sysprims.supervisor.JobSpec;
			import dev.sysprims.supervisor.ProcessSupervisor;

			public class Main {

				public static void main(String[] args) throws Exception {
					try (ProcessSupervisor supervisor = ProcessSupervisor.builder().build()) {
						System.out.println(Sysprims.system().platform().backend() + " "
								+ supervisor.run(JobSpec.command("/bin/sh", "-c", "exit 7").build()).exitCode());
					}
				}

			}
			""";

	/**
	 * What the module needs at run time: no Jackson, no logging backend, no annotations.
	 */
	private static final String RUN_TIME = ".*/(classes|jna-[0-9.]+\\.jar|jna-platform-[0-9.]+\\.jar"
			+ "|slf4j-api-[0-9.]+\\.jar)/?";

	@TempDir
	Path directory;

	@Test
	void anApplicationOnTheModulePathUsesTheNativeBackend() throws Exception {
		String modulePath = modulePath(RUN_TIME);
		compile(modulePath + File.pathSeparator + modulePath(".*/jspecify-[0-9.]+\\.jar"),
				Files.writeString(this.directory.resolve("module-info.java"), MODULE_INFO),
				Files.writeString(this.directory.resolve("Main.java"), MAIN));
		Path output = this.directory.resolve("output.txt");
		Process jvm = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"--enable-native-access=dev.sysprims.core,com.sun.jna", "--module-path",
				modulePath + File.pathSeparator + this.directory.resolve("classes"), "--module", "app/app.Main")
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(Files.readAllLines(output)).as("what it printed")
			.contains("native 7")
			.noneMatch((line) -> line.contains("WARNING"));
		assertThat(jvm.exitValue()).isZero();
	}

	private static String modulePath(String entries) {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> entry.matches(entries))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private void compile(String modulePath, Path... sources) throws IOException {
		String[] arguments = { "--module-path", modulePath, "-d", this.directory.resolve("classes").toString(),
				sources[0].toString(), sources[1].toString() };
		int result = ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, arguments);
		assertThat(result).isZero();
	}

}
