package dev.sysprims.os.linux;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Where the cgroup v2 of this JVM is in the file system, from {@code /proc/self/cgroup}
 * and {@code /proc/self/mountinfo}: see {@code cgroups(7)} and {@code proc(5)}. There is
 * a directory, with the one above it unless that is not mounted, or a refusal.
 *
 * @param directory the JVM's own cgroup
 * @param above the one above that
 * @param refused why there is none that could be used, a clause to go on after "because"
 */
record CgroupPlace(@Nullable String directory, @Nullable String above, @Nullable String refused) {

	private static final String UNIFIED = "0::";

	private static final String DELETED = " (deleted)";

	private static final int ROOT = 3;

	private static final int MOUNT_POINT = 4;

	private static final int OPTIONS = 5;

	/**
	 * Finds it.
	 * @param cgroup the first file
	 * @param mountinfo the second
	 * @return the place, which need not be writable
	 */
	static CgroupPlace find(String cgroup, String mountinfo) {
		String path = cgroup.lines()
			.filter((line) -> line.startsWith(UNIFIED))
			.map((line) -> line.substring(UNIFIED.length()))
			.findFirst()
			.orElse(null);
		if (path == null) {
			return refusing("this kernel or container has cgroup v1 only");
		}
		if (path.endsWith(DELETED)) {
			return refusing("the cgroup of this JVM, " + path + ", was removed while it runs");
		}
		if (path.startsWith("/..")) {
			return refusing("the cgroup of this JVM, " + path + ", is outside of its cgroup namespace");
		}
		List<Mount> mounts = mounts(mountinfo);
		if (mounts.isEmpty()) {
			return refusing("no cgroup v2 hierarchy is mounted");
		}
		CgroupPlace readOnly = null;
		for (Mount mount : mounts) {
			String relative = mount.relative(path);
			if (relative != null && !mount.readOnly) {
				String above = relative.isEmpty() ? null : relative.substring(0, relative.lastIndexOf('/'));
				return new CgroupPlace(mount.point + relative, (above != null) ? mount.point + above : null, null);
			}
			if (relative != null) {
				readOnly = refusing("the cgroup v2 hierarchy at " + mount.point + " is mounted read-only (EROFS)");
			}
		}
		return (readOnly != null) ? readOnly
				: refusing("the cgroup of this JVM, " + path + ", is not in what is mounted at " + mounts.get(0).point);
	}

	private static CgroupPlace refusing(String reason) {
		return new CgroupPlace(null, null, reason);
	}

	private static List<Mount> mounts(String mountinfo) {
		List<Mount> mounts = new ArrayList<>();
		for (String line : mountinfo.split("\n")) {
			// Optional fields end at the first hyphen; names have their blanks escaped.
			String[] halves = line.split(" - ", 2);
			String[] mount = halves[0].split(" ");
			if (halves.length == 2 && mount.length > OPTIONS && halves[1].startsWith("cgroup2 ")) {
				String[] fs = halves[1].split(" ");
				boolean readOnly = isReadOnly(mount[OPTIONS]) || (fs.length > 2 && isReadOnly(fs[2]));
				mounts.add(new Mount(unescaped(mount[ROOT]), unescaped(mount[MOUNT_POINT]), readOnly));
			}
		}
		return mounts;
	}

	private static boolean isReadOnly(String options) {
		return List.of(options.split(",")).contains("ro");
	}

	/** Blank, tabulator, line feed and backslash stand as three octal digits. */
	private static String unescaped(String name) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < name.length(); i++) {
			if (name.charAt(i) == '\\' && name.substring(i + 1).matches("[0-7]{3}.*")) {
				text.append((char) Integer.parseInt(name, i + 1, i + 4, 8));
				i += 3;
			}
			else {
				text.append(name.charAt(i));
			}
		}
		return text.toString();
	}

	/**
	 * A mount of the hierarchy.
	 *
	 * @param root the cgroup that is mounted
	 * @param point where
	 * @param readOnly whether nothing can be made there
	 */
	private record Mount(String root, String point, boolean readOnly) {

		/** What to append to the mount point, or null when the path is not below it. */
		@Nullable String relative(String path) {
			if (this.root.equals("/")) {
				return path.equals("/") ? "" : path;
			}
			if (path.equals(this.root)) {
				return "";
			}
			return path.startsWith(this.root + "/") ? path.substring(this.root.length()) : null;
		}

	}

}
