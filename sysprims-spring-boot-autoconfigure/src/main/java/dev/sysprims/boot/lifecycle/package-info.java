/**
 * When and within which time an application context ends its jobs.
 */
@NullMarked
package dev.sysprims.boot.lifecycle;

import org.jspecify.annotations.NullMarked;
