package dev.sysprims.boot.actuate;

import java.time.Instant;

import dev.sysprims.process.ProcessInfo;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * One live process of a job's tree, without its arguments, which may hold secrets. What
 * could not be read is absent.
 *
 * @param pid its process id
 * @param ppid its parent's
 * @param name the kernel's short name for it
 * @param state {@code running}, {@code sleeping}, {@code stopped}, {@code zombie} or
 * {@code unknown}
 * @param startedAt when it started
 */
public record ProcessDescriptor(long pid, @Nullable Long ppid, @Nullable String name, String state,
		@Nullable Instant startedAt) implements OperationResponseBody {

	static ProcessDescriptor of(ProcessInfo process) {
		return new ProcessDescriptor(process.pid(), process.ppid(), process.name(), process.state().contractName(),
				process.startTime());
	}

}
