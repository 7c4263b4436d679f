/**
 * The policy, written once: who belongs to a tree, how it is ended, when it is empty.
 * Driven by events and a clock that come through the seam; no thread, no clock and no
 * wait of its own. Not API.
 */
@NullMarked
package dev.sysprims.tree;

import org.jspecify.annotations.NullMarked;
