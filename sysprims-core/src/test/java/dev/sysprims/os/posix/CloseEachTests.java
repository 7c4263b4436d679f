package dev.sysprims.os.posix;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.sysprims.fixture.OpenDescriptors;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.linux.LinuxSystem;
import dev.sysprims.process.Command;
import dev.sysprims.process.CommandNotFoundException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CloseEachTests {

	private static final OperatingSystem OS = LinuxSystem.open();

	private final PosixSpawner spawner = spawner();

	@Test
	void withoutCloseFromAChildHasOnlyItsThreeDescriptorsToo() throws IOException {
		List<FileInputStream> open = new ArrayList<>();
		try {
			for (int i = 0; i < 1_000; i++) {
				open.add(new FileInputStream("/dev/null"));
			}
			try (Spawned spawned = Spawned.start(this.spawner, Spawned.quiet(Command.of("sleep", "60")))) {
				ProcessFixture.awaitTrue(() -> OpenDescriptors.numbersOf(spawned.pid()).equals(List.of(0, 1, 2)),
						"there are others");
			}
		}
		finally {
			for (FileInputStream stream : open) {
				stream.close();
			}
		}
	}

	@Test
	void numbersThatAreNotOpenDoNotHideTheRealFailure() {
		assertThatExceptionOfType(CommandNotFoundException.class)
			.isThrownBy(() -> Spawned.start(this.spawner, Spawned.quiet(Command.of("/no/such/program"))));
	}

	private static PosixSpawner spawner() {
		PollingSystem polling = new PollingSystem(OS.sweeper(), OS::identify);
		Launch launch = new Launch(polling, polling, OS.sweeper(), InheritedEnvironment.read());
		return new PosixSpawner(launch, OS.sweeper(), () -> new NativeSpawn(new CloseEach()),
				PosixSpawner.Limits.DEFAULT);
	}

}
