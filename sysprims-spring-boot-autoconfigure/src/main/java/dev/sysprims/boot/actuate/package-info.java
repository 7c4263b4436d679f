/**
 * The Actuator endpoint {@code sysprims}.
 */
@NullMarked
package dev.sysprims.boot.actuate;

import org.jspecify.annotations.NullMarked;
