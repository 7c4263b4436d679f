package dev.sysprims.os.linux;

import org.jspecify.annotations.Nullable;

/**
 * What is only in {@code /proc/PID/status}, see {@code proc_pid_status(5)}. The kernel
 * escapes a line feed in the name, so that no name can pretend to be another line.
 *
 * @param processId the process that the number belongs to: not the number itself when
 * that is one of a thread
 * @param effectiveUser the effective user id
 * @param residentKb resident memory in KiB, missing for zombies and kernel threads
 * @param threads number of threads
 */
record ProcStatus(@Nullable Long processId, @Nullable Long effectiveUser, @Nullable Long residentKb,
		@Nullable Integer threads) {

	/**
	 * Reads the lines it knows and skips others: each kernel has more of them.
	 * @param text the file
	 * @return what is in it; null for what is missing or no number
	 */
	static ProcStatus parse(String text) {
		Long processId = null;
		Long effectiveUser = null;
		Long residentKb = null;
		Integer threads = null;
		for (String line : text.split("\n")) {
			int colon = line.indexOf(':');
			if (colon < 0) {
				continue;
			}
			String[] values = line.substring(colon + 1).trim().split("\\s+");
			switch (line.substring(0, colon)) {
				case "Tgid" -> processId = number(values, 0);
				case "Uid" -> effectiveUser = number(values, 1); // real, effective, ...
				case "VmRSS" -> residentKb = number(values, 0);
				case "Threads" -> {
					Long count = number(values, 0);
					threads = (count != null && count <= Integer.MAX_VALUE) ? Integer.valueOf(count.intValue()) : null;
				}
				default -> {
				}
			}
		}
		return new ProcStatus(processId, effectiveUser, residentKb, threads);
	}

	private static @Nullable Long number(String[] values, int index) {
		if (index >= values.length || !values[index].matches("[0-9]{1,18}")) {
			return null;
		}
		return Long.valueOf(values[index]);
	}

}
