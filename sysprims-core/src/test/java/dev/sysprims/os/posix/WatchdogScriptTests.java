package dev.sysprims.os.posix;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class WatchdogScriptTests {

	/** What the kernel gives to who has used up {@code pipe-user-pages-soft}. */
	private static final int SMALLEST_PIPE = 4096;

	@Test
	void theSmallestPipeHoldsIt() {
		assertThat(WatchdogScript.bytes()).hasSizeLessThan(SMALLEST_PIPE);
		assertThat(WatchdogScript.TEXT).matches("\\p{ASCII}*");
	}

	@ParameterizedTest
	@ValueSource(strings = { "dash", "bash", "busybox", "mksh" })
	void everyShellCanReadIt(String shell) throws Exception {
		assumeThat(Path.of("/bin", shell)).as("%s is installed; without it this shell is NOT TESTED", shell).exists();
		ProcessBuilder builder = shell.equals("busybox") ? new ProcessBuilder(shell, "sh", "-n")
				: new ProcessBuilder(shell, "-n");
		Process process = builder.redirectErrorStream(true).start();
		process.getOutputStream().write(WatchdogScript.bytes());
		process.getOutputStream().close();
		assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
		assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isZero();
	}

}
