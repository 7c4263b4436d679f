/**
 * The four primitives: process identity, spawn in group, wait for a pid, terminate a
 * tree. Start at {@link dev.sysprims.Sysprims#system()}.
 */
@NullMarked
package dev.sysprims;

import org.jspecify.annotations.NullMarked;
