package dev.sysprims.os.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.regex.Pattern;

/**
 * In which cgroup those of this JVM are made. Usually in its own, where no memory can be
 * counted because the JVM itself is a member. Where systemd has put the JVM into a leaf
 * of what it has delegated ({@code DelegateSubgroup=}), they are made beside that leaf:
 * the delegated cgroup has no members, so that it can have the memory of its children
 * counted.
 */
final class CgroupBase {

	/** Of units: what is above one of these is no leaf's, whatever its attribute says. */
	private static final Pattern UNIT = Pattern.compile(".*\\.(service|scope|slice|socket|mount|swap)");

	private CgroupBase() {
	}

	/**
	 * Where to try, the best one first.
	 * @param directory the JVM's own cgroup
	 * @param place where that was found
	 * @return one or two directories
	 */
	static List<CgroupDirectory> candidates(String directory, CgroupPlace place) {
		CgroupDirectory own = new CgroupDirectory(Path.of(directory));
		String above = place.above();
		if (above != null && !UNIT.matcher(directory).matches() && isDelegated(Path.of(above))
				&& CgroupMemory.tryCount(new CgroupDirectory(Path.of(above)))) {
			return List.of(new CgroupDirectory(Path.of(above)), own);
		}
		return List.of(own);
	}

	/**
	 * systemd says so, from 251 on, with an extended attribute: {@code user.delegate}.
	 */
	private static boolean isDelegated(Path directory) {
		UserDefinedFileAttributeView view = Files.getFileAttributeView(directory, UserDefinedFileAttributeView.class);
		ByteBuffer value = ByteBuffer.allocate(16);
		try {
			return view != null && view.read("delegate", value) == 1
					&& StandardCharsets.US_ASCII.decode(value.flip()).toString().equals("1");
		}
		catch (IOException ex) {
			return false;
		}
	}

}
