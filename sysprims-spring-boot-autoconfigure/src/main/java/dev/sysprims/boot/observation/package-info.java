/**
 * The observation {@code sysprims.job.run}.
 */
@NullMarked
package dev.sysprims.boot.observation;

import org.jspecify.annotations.NullMarked;
