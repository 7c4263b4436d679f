package dev.sysprims.os.linux;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CgroupPlaceTests {

	private static final String V1 = """
			31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
			32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
			40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd
			""";

	private static final String HYBRID = V1
			+ "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime shared:10 - cgroup2 cgroup2 rw\n";

	private static final String UNIFIED = "29 23 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:4 "
			+ "- cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot\n";

	@Test
	void aServiceOnAUnifiedHierarchy() {
		assertThat(directory("0::/system.slice/app.service\n", UNIFIED))
			.isEqualTo("/sys/fs/cgroup/system.slice/app.service");
	}

	@Test
	void aDelegatedSubtreeOfAUser() {
		assertThat(directory("0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-x.scope\n", UNIFIED))
			.isEqualTo("/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service/app.slice/app-x.scope");
	}

	@Test
	void aHybridHierarchy() {
		String cgroup = "9:name=systemd:/init.scope\n4:memory:/\n0::/init.scope\n";
		assertThat(directory(cgroup, HYBRID)).isEqualTo("/sys/fs/cgroup/unified/init.scope");
	}

	@Test
	void aHybridHierarchyWhereTheJvmIsAtTheTop() {
		assertThat(directory("4:memory:/process_api/27\n1:cpu:/\n0::/\n", HYBRID)).isEqualTo("/sys/fs/cgroup/unified");
	}

	@Test
	void aContainerWithACgroupNamespace() {
		String mount = "744 734 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime - cgroup2 cgroup rw,nsdelegate\n";
		assertThat(directory("0::/\n", mount)).isEqualTo("/sys/fs/cgroup");
	}

	@Test
	void aContainerThatSeesOnlyItsPartOfTheHierarchy() {
		String mount = "744 734 0:26 /docker/4f1d /sys/fs/cgroup rw,relatime - cgroup2 cgroup rw\n";
		assertThat(directory("0::/docker/4f1d\n", mount)).isEqualTo("/sys/fs/cgroup");
		assertThat(directory("0::/docker/4f1d/app\n", mount)).isEqualTo("/sys/fs/cgroup/app");
		assertThat(refusal("0::/docker/4f1d2\n", mount)).contains("/docker/4f1d2").contains("not in what is mounted");
	}

	@Test
	void whatIsAboveIsToldAsFarAsItIsMounted() {
		assertThat(CgroupPlace.find("0::/system.slice/app.service/jvm\n", UNIFIED).above())
			.isEqualTo("/sys/fs/cgroup/system.slice/app.service");
		assertThat(CgroupPlace.find("0::/jvm\n", UNIFIED).above()).isEqualTo("/sys/fs/cgroup");
		assertThat(CgroupPlace.find("0::/\n", UNIFIED).above()).isNull();
		String mount = "744 734 0:26 /docker/4f1d /sys/fs/cgroup rw,relatime - cgroup2 cgroup rw\n";
		assertThat(CgroupPlace.find("0::/docker/4f1d\n", mount).above()).isNull();
	}

	@Test
	void namesMayHaveBlanks() {
		String mount = "41 31 0:38 /a\\040b /mnt/my\\040cgroups\\134x rw - cgroup2 none rw\n";
		assertThat(directory("0::/a b/c\n", mount)).isEqualTo("/mnt/my cgroups\\x/c");
	}

	@Test
	void aReadOnlyMountIsNamed() {
		String mount = "744 734 0:26 / /sys/fs/cgroup ro,nosuid,nodev,noexec,relatime - cgroup2 cgroup rw\n";
		assertThat(refusal("0::/\n", mount)).contains("/sys/fs/cgroup").contains("read-only");
		assertThat(refusal("0::/\n", mount.replace(" ro,", " rw,").replace("cgroup rw", "cgroup ro,nsdelegate")))
			.contains("read-only");
	}

	@Test
	void aWritableMountIsPreferred() {
		String readOnly = "744 734 0:26 / /sys/fs/cgroup ro,relatime - cgroup2 cgroup rw\n";
		assertThat(directory("0::/a\n", readOnly + "745 734 0:26 / /cg rw,relatime - cgroup2 cgroup rw\n"))
			.isEqualTo("/cg/a");
	}

	@Test
	void versionOneAloneIsNotEnough() {
		assertThat(refusal("4:memory:/\n1:cpu:/\n", V1)).contains("v1 only");
		assertThat(refusal("1:cpu:/\n0::/\n", V1)).contains("no cgroup v2 hierarchy is mounted");
	}

	@Test
	void aCgroupThatCannotBeReachedIsNamed() {
		assertThat(refusal("0::/../other\n", UNIFIED)).contains("/../other").contains("namespace");
		assertThat(refusal("0::/app.service (deleted)\n", UNIFIED)).contains("removed");
	}

	@Test
	void anythingElseInTheFilesDoesNoHarm() {
		assertThat(refusal("", "")).isNotEmpty();
		assertThat(refusal("nonsense\n", "nonsense\n1 2 - cgroup2 x\n")).isNotEmpty();
		assertThat(directory("0::/\n", "nonsense\n" + UNIFIED)).isEqualTo("/sys/fs/cgroup");
	}

	private static String directory(String cgroup, String mountinfo) {
		CgroupPlace place = CgroupPlace.find(cgroup, mountinfo);
		assertThat(place.refused()).isNull();
		return place.directory();
	}

	private static String refusal(String cgroup, String mountinfo) {
		CgroupPlace place = CgroupPlace.find(cgroup, mountinfo);
		assertThat(place.directory()).isNull();
		return place.refused();
	}

}
