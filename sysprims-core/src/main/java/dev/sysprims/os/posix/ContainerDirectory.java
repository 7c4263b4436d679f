package dev.sysprims.os.posix;

import java.nio.file.Path;

/**
 * A {@link dev.sysprims.os.KernelContainer} that is a directory of the kernel's: a cgroup
 * of {@code cgroups(7)}, whose members can be ended by whoever only knows its path.
 */
public interface ContainerDirectory {

	/**
	 * Where it is, seen from the root directory of this JVM.
	 * @return an absolute path, which has a file {@code cgroup.procs}
	 */
	Path directory();

}
