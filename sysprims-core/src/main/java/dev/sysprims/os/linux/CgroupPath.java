package dev.sysprims.os.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the kernel says that a process is in the cgroup v2 hierarchy, see
 * {@code cgroups(7)}. An exiting process keeps its place, and so does its zombie until it
 * is reaped, though neither counts as a member any more.
 */
final class CgroupPath {

	private static final String UNIFIED = "0::/";

	private CgroupPath() {
	}

	/**
	 * The names on the way down.
	 * @throws IOException when it is gone or hidden
	 */
	static List<String> of(long pid) throws IOException {
		byte[] text = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cgroup"));
		return parse(new String(text, StandardCharsets.ISO_8859_1));
	}

	static List<String> parse(String text) {
		return text.lines()
			.filter((line) -> line.startsWith(UNIFIED))
			.findFirst()
			.map((line) -> List.of(line.substring(UNIFIED.length()).split("/")))
			.orElse(List.of());
	}

}
