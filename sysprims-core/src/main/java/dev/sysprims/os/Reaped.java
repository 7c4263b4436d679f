package dev.sysprims.os;

import dev.sysprims.process.ResourceUsage;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel kept of a child that ended.
 *
 * @param status how it ended
 * @param usage what it used, or null when the system did not say
 */
public record Reaped(ExitStatus status, @Nullable ResourceUsage usage) {

}
