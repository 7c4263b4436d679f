package dev.sysprims.os.linux;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CgroupMemoryTests {

	@Test
	void theControllerIsThereOrNot() {
		assertThat(CgroupMemory.isAvailable("cpuset cpu io memory hugetlb pids rdma misc\n")).isTrue();
		assertThat(CgroupMemory.isAvailable("memory\n")).isTrue();
		assertThat(CgroupMemory.isAvailable("cpu pids\n")).isFalse();
		assertThat(CgroupMemory.isAvailable("\n")).isFalse();
	}

	@Test
	void victimsAreCountedAndNotTheirGroupsOrTheLimit() {
		String events = "low 0\nhigh 0\nmax 41\noom 7\noom_kill 3\noom_group_kill 1\n";
		assertThat(CgroupMemory.kills(events)).isEqualTo(3);
	}

	@Test
	void beforeLinux517ThereIsNoLineForGroups() {
		assertThat(CgroupMemory.kills("low 0\nhigh 0\nmax 0\noom 0\noom_kill 0\n")).isZero();
	}

	@Test
	void thePeakIsInBytes() {
		assertThat(CgroupMemory.peakKb("67108864\n")).isEqualTo(65536);
		assertThat(CgroupMemory.peakKb("0\n")).isZero();
	}

}
