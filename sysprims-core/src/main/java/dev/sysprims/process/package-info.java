/**
 * Values: what a process is, what was asked, what happened, and the errors. Immutable and
 * safe to share between threads.
 */
@NullMarked
package dev.sysprims.process;

import org.jspecify.annotations.NullMarked;
