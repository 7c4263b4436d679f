package dev.sysprims.os.linux;

import java.util.Arrays;

/** How procfs is mounted, from {@code /proc/self/mountinfo}, see {@code proc(5)}. */
final class ProcMount {

	private ProcMount() {
	}

	/**
	 * Whether the mount is told to hide the processes of other users ({@code hidepid=}).
	 * Root and the members of one group see them nevertheless.
	 * @param mountinfo the file
	 * @param mountPoint where procfs is
	 * @return true when the last mount there has the option
	 */
	static boolean hidesOthers(String mountinfo, String mountPoint) {
		boolean hides = false;
		for (String line : mountinfo.split("\n")) {
			String[] halves = line.split(" - ", 2);
			String[] mount = halves[0].split(" ");
			if (halves.length == 2 && mount.length > 4 && mount[4].equals(mountPoint)) {
				String[] fs = halves[1].split(" ");
				hides = fs.length > 2 && Arrays.stream(fs[2].split(",")).anyMatch(ProcMount::hides);
			}
		}
		return hides;
	}

	private static boolean hides(String option) {
		// Numbers before Linux 5.8, words since.
		return option.startsWith("hidepid=") && !option.equals("hidepid=0") && !option.equals("hidepid=off");
	}

}
