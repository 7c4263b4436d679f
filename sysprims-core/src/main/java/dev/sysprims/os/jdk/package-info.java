/**
 * What the JDK alone can do, for systems where native access is not to be had:
 * {@code ProcessBuilder} and {@code ProcessHandle}. Weaker than the native backends, and
 * says so. Not API.
 */
@NullMarked
package dev.sysprims.os.jdk;

import org.jspecify.annotations.NullMarked;
