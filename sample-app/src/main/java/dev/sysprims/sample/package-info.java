/**
 * A small job console: presets are started over HTTP, shown live and ended with all they
 * started.
 */
@NullMarked
package dev.sysprims.sample;

import org.jspecify.annotations.NullMarked;
