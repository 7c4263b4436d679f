/**
 * What POSIX systems share: {@code posix_spawn(3)}, waiting for one's own children,
 * pipes, signals, errno. Speaks to libc through JNA; the descriptors, numbers and
 * addresses stay in here and in the package of the system at hand. Not API.
 */
@NullMarked
package dev.sysprims.os.posix;

import org.jspecify.annotations.NullMarked;
