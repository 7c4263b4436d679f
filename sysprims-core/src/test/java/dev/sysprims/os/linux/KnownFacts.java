package dev.sysprims.os.linux;

/** What the native side answers, without it. */
final class KnownFacts implements KernelFacts {

	/** The inode of every pidfd. */
	Long inode;

	/** A process that exists though it cannot be seen. */
	long hidden;

	@Override
	public Long pidfdInode(long pid) {
		return this.inode;
	}

	@Override
	public boolean exists(long pid) {
		return pid == this.hidden || ProcessHandle.of(pid).isPresent();
	}

	@Override
	public long bootNanos() {
		return System.nanoTime(); // the same here unless the machine was suspended
	}

}
