/**
 * The seam between policy and operating system, in product words: spawn, signal, watch an
 * exit, list. What is behind it acquires data and carries out; what is above it decides.
 * Nothing here names a descriptor, an errno or a pointer. Not API.
 */
@NullMarked
package dev.sysprims.os;

import org.jspecify.annotations.NullMarked;
