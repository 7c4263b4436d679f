/**
 * Schedules: what happens in a simulated world as a value, drawn from a seed, that can be
 * run again, shrunk and pasted into a test.
 */
@NullMarked
package dev.sysprims.schedule;

import org.jspecify.annotations.NullMarked;
