/**
 * The meters {@code sysprims.*}.
 */
@NullMarked
package dev.sysprims.boot.metrics;

import org.jspecify.annotations.NullMarked;
