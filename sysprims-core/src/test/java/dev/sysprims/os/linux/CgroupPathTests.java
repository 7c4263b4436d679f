package dev.sysprims.os.linux;

import java.io.IOException;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.OperatingSystem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class CgroupPathTests {

	@Test
	void theLineWithoutAHierarchyNumberCounts() {
		assertThat(CgroupPath.parse("4:memory:/a/b\n1:name=systemd:/\n0::/c/d e/7\n")).containsExactly("c", "d e", "7");
		assertThat(CgroupPath.parse("0::/\n")).containsExactly("");
		assertThat(CgroupPath.parse("4:memory:/a\n")).isEmpty();
		assertThat(CgroupPath.parse("")).isEmpty();
	}

	@Test
	void whoIsGoneIsNowhere() {
		assertThatIOException().isThrownBy(() -> CgroupPath.of(Integer.MAX_VALUE));
	}

	@Test
	void aZombieKeepsItsPlace() throws IOException {
		OperatingSystem os = LinuxSystem.open();
		CgroupsHere.assumeAvailable(os);
		try (ProcessFixture fixture = new ProcessFixture();
				Spawned spawned = Spawned.start(os, fixture.sh("announce child"))) {
			spawned.exit();
			LiveProcess child = fixture.await("child");
			assertThat(child.isZombie()).isTrue();
			assertThat(CgroupPath.of(child.pid())).endsWith(
					CgroupsHere.pathOf(spawned).getParent().getFileName().toString(),
					CgroupsHere.pathOf(spawned).getFileName().toString());
			assertThat(os.wasContained(spawned.child().key())).isTrue();
			assertThat(CgroupsHere.containerOf(spawned).isOutside(spawned.child().key())).isFalse();
		}
	}

}
