/**
 * Makes a {@link dev.sysprims.supervisor.ProcessSupervisor} a bean and shows it in
 * Actuator and Micrometer where an application has them.
 */
@NullMarked
package dev.sysprims.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
