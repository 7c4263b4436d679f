/**
 * Linux: {@code /proc}, pidfd and epoll. Not API.
 */
@NullMarked
package dev.sysprims.os.linux;

import org.jspecify.annotations.NullMarked;
