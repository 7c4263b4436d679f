package dev.sysprims.os.posix;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import dev.sysprims.os.JobMarker;
import org.jspecify.annotations.Nullable;

/**
 * The environment that children start from: libc's {@code environ}, byte by byte, so that
 * names no shell would take and values that are no text arrive undamaged. Without what
 * systemd told this JVM alone ({@code sd_notify(3)}, {@code sd_listen_fds(3)}): a child
 * would speak in its name. Each child gets a {@link JobMarker} as its last variable,
 * behind the markers that this JVM itself has from an outer supervisor. Immutable.
 */
final class InheritedEnvironment {

	private static final Set<String> NOT_INHERITED = Set.of("NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC");

	private static final String NOT_INHERITED_PREFIX = "LISTEN_";

	/** All but the markers. */
	private final byte[][] variables;

	/** The markers that this JVM has, in Latin-1 as all bytes here, or null. */
	private final @Nullable String markers;

	InheritedEnvironment(List<byte[]> variables) {
		this.variables = variables.stream().filter((variable) -> isInherited(name(variable))).toArray(byte[][]::new);
		byte[] markers = value(variables, JobMarker.VARIABLE);
		this.markers = (markers != null) ? latin1(markers) : null;
	}

	/** What this JVM has now. */
	static InheritedEnvironment read() {
		List<byte[]> variables = new ArrayList<>();
		Pointer environ = NativeLibrary.getInstance(Platform.C_LIBRARY_NAME)
			.getGlobalVariableAddress("environ")
			.getPointer(0);
		if (environ != null) {
			for (Pointer variable : environ.getPointerArray(0)) {
				variables.add(variable.getByteArray(0, (int) variable.indexOf(0, (byte) 0)));
			}
		}
		return new InheritedEnvironment(variables);
	}

	/**
	 * With changes and the marker of a job.
	 * @param changes a value sets a variable, null removes it
	 * @param marker appended to the markers that are inherited or set by a change
	 * @return {@code NAME=value} each
	 */
	List<byte[]> with(Map<String, @Nullable String> changes, String marker) {
		if (changes.isEmpty()) {
			byte[][] marked = Arrays.copyOf(this.variables, this.variables.length + 1);
			marked[this.variables.length] = markerVariable(this.markers, marker);
			return Arrays.asList(marked);
		}
		Set<String> changed = new HashSet<>();
		changes.keySet().forEach((name) -> changed.add(latin1(NativeText.bytes(name))));
		List<byte[]> merged = new ArrayList<>(this.variables.length + changes.size() + 1);
		for (byte[] variable : this.variables) {
			if (!changed.contains(name(variable))) {
				merged.add(variable);
			}
		}
		changes.forEach((name, value) -> {
			if (value != null && !name.equals(JobMarker.VARIABLE)) {
				merged.add(NativeText.bytes(name + "=" + value));
			}
		});
		merged.add(markerVariable(markers(changes), marker));
		return merged;
	}

	private @Nullable String markers(Map<String, @Nullable String> changes) {
		if (!changes.containsKey(JobMarker.VARIABLE)) {
			return this.markers;
		}
		String set = changes.get(JobMarker.VARIABLE);
		return (set != null) ? latin1(NativeText.bytes(set)) : null;
	}

	private static byte[] markerVariable(@Nullable String markers, String marker) {
		return (JobMarker.VARIABLE + "=" + JobMarker.appended(markers, marker)).getBytes(StandardCharsets.ISO_8859_1);
	}

	/** The value of a variable, or null when it is not set. */
	static byte @Nullable [] value(List<byte[]> environment, String name) {
		for (byte[] variable : environment) {
			if (name(variable).equals(name)) {
				return latin1(variable).substring(name.length() + 1).getBytes(StandardCharsets.ISO_8859_1);
			}
		}
		return null;
	}

	private static boolean isInherited(String name) {
		return !NOT_INHERITED.contains(name) && !name.startsWith(NOT_INHERITED_PREFIX)
				&& !name.equals(JobMarker.VARIABLE);
	}

	private static String name(byte[] variable) {
		String text = latin1(variable);
		// A name of libc may begin with '=' but is never empty.
		int end = text.indexOf('=', 1);
		return (end >= 0) ? text.substring(0, end) : text;
	}

	private static String latin1(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

}
