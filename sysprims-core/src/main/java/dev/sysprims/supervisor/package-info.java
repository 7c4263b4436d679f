/**
 * Supervised jobs: start programs, watch them, end their whole trees. Start at
 * {@link dev.sysprims.supervisor.ProcessSupervisor#builder()}.
 */
@NullMarked
package dev.sysprims.supervisor;

import org.jspecify.annotations.NullMarked;
