package dev.sysprims.os.jdk;

import java.io.IOException;
import java.util.List;

import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.OperatingSystemContract;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.StartedChild;
import dev.sysprims.process.Command;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JdkSystemContractTests extends OperatingSystemContract {

	JdkSystemContractTests() {
		super(JdkSystem.open(List.of("Native access was refused.")));
	}

	/**
	 * More than the queue holds, and not more than queue and pipe together, so that the
	 * child can exit.
	 */
	@Test
	void whatIsStillInThePipeWhenNobodyReadsIsKept() throws IOException {
		SpawnRequest request = new SpawnRequest(Command.of("head", "-c", "120000", "/dev/zero"), new ChildInput.Empty(),
				new ChildOutput.Stream(), new ChildOutput.Discard());
		try (StartedChild started = StartedChild.start(os(), request)) {
			started.exit();
			started.finishStreams();
			assertThat(started.child().stdout().readAllBytes()).hasSize(120_000);
		}
	}

}
