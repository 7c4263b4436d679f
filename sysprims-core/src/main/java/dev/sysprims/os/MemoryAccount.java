package dev.sysprims.os;

import org.jspecify.annotations.Nullable;

/**
 * What the kernel has counted of the memory of one container, over its whole life.
 *
 * @param kills how many processes inside it the kernel has ended for lack of memory,
 * whosever limit it was that was reached
 * @param peakKb the most memory that was charged to it at one time, in KiB, or null where
 * the kernel does not keep that
 */
public record MemoryAccount(long kills, @Nullable Long peakKb) {

}
