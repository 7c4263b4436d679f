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
			switch ((colon < 0) ? "" : line.substring(0, colon)) {
				case "Tgid" -> processId = number(line, 1);
				case "Uid" -> effectiveUser = number(line, 2); // real, effective, ...
				case "VmRSS" -> residentKb = number(line, 1);
				case "Threads" -> {
					Long count = number(line, 1);
					threads = (count != null && count <= Integer.MAX_VALUE) ? Integer.valueOf(count.intValue()) : null;
				}
				default -> {
				}
			}
		}
		return new ProcStatus(processId, effectiveUser, residentKb, threads);
	}

	private static @Nullable Long number(String line, int column) {
		String[] columns = line.split("\\s+");
		if (column >= columns.length || !columns[column].matches("[0-9]{1,18}")) {
			return null;
		}
		return Long.valueOf(columns[column]);
	}

}
