/**
 * The health indicator {@code sysprims}.
 */
@NullMarked
package dev.sysprims.boot.health;

import org.jspecify.annotations.NullMarked;
