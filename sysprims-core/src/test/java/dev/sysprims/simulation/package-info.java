/**
 * A small operating system on virtual time, in an order drawn from a seed, for the policy
 * to run on.
 */
@NullMarked
package dev.sysprims.simulation;

import org.jspecify.annotations.NullMarked;
