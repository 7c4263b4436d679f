package dev.sysprims.os.linux;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first two numbers of a version, of the kernel or of glibc.
 *
 * @param major the first
 * @param minor the second
 */
record Version(int major, int minor) {

	private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

	/**
	 * Reads a version.
	 * @param text such as {@code 6.18.44-fc}
	 * @return the version; 0.0 for a text of another form
	 */
	static Version parse(String text) {
		Matcher form = FORM.matcher(text);
		return form.matches() ? new Version(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)))
				: new Version(0, 0);
	}

	boolean isAtLeast(Version other) {
		return (this.major != other.major) ? this.major > other.major : this.minor >= other.minor;
	}

	@Override
	public String toString() {
		return this.major + "." + this.minor;
	}

}
