package dev.sysprims.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.*;
import dev.sysprims.os.linux.LinuxSystem;
import dev.sysprims.process.*;
import org.junit.jupiter.api.Test;

class GateComparison {

	static final OperatingSystem OS = LinuxSystem.open();

	@Test
	void startUntilExit() throws Exception {
		for (int round = 0; round < 8; round++) {
			List<Long> a = new ArrayList<>(), b = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				block(a, Containment.SESSION);
				block(b, Containment.CGROUP);
			}
			System.out.printf(Locale.ROOT, "round session %.3f p99 %.3f gate %.3f p99 %.3f ratio %.2f%n", p(a, .5),
					p(a, .99), p(b, .5), p(b, .99), p(b, .5) / p(a, .5));
		}
	}

	static void block(List<Long> t, Containment c) {
		for (int i = 0; i < 50; i++) {
			long n = System.nanoTime();
			Spawned s = Spawned.start(OS, new SpawnRequest(Command.of("/bin/true"), new ChildInput.Empty(),
					new ChildOutput.Discard(), new ChildOutput.Discard(), c, AtJvmDeath.END));
			s.exit();
			t.add(System.nanoTime() - n);
			s.close();
		}
	}

	static double p(List<Long> t, double q) {
		return t.stream().sorted().skip((long) (t.size() * q)).findFirst().orElseThrow() / 1e6;
	}

}
