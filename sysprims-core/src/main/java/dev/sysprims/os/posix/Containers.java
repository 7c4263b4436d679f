package dev.sysprims.os.posix;

import java.util.List;

import dev.sysprims.os.ProcessKey;
import org.jspecify.annotations.Nullable;

/** Makes the containers of children, where the system has such. Thread-safe. */
public interface Containers {

	/** There are none, and nobody says that there should be. */
	Containers NONE = refusing("This system has nothing to hold a process tree in.");

	/**
	 * Why there are none.
	 * @return full sentences with the mend, or null when there are
	 */
	@Nullable String refused();

	/**
	 * What is weaker for a child that is started outside of one although there are.
	 * @return full sentences
	 */
	List<String> outside();

	/**
	 * A new one, empty.
	 * @return the container
	 * @throws ErrnoException when the system refuses it
	 */
	JobContainer create() throws ErrnoException;

	/**
	 * What brings children into containers, for the calling thread only.
	 * @return to be closed by that thread
	 * @throws ErrnoException when the system refuses it
	 */
	Joining joining() throws ErrnoException;

	/**
	 * Gives up what is kept for the next one only, as soon as none is left: no more are
	 * expected. One that is made nevertheless ends that.
	 */
	default void releaseIdle() {
	}

	/**
	 * Whether a process that has ended was in one of them.
	 * @param zombie a child of this JVM
	 * @return false too when it is gone, or hidden from us
	 * @throws dev.sysprims.process.SysprimsException of kind system when this JVM cannot
	 * look, for lack of a descriptor
	 */
	default boolean wasInside(ProcessKey zombie) {
		return false;
	}

	/**
	 * There are none.
	 * @param reason full sentences with the mend
	 * @return containers that cannot be made
	 */
	static Containers refusing(String reason) {
		return new Containers() {

			@Override
			public String refused() {
				return reason;
			}

			@Override
			public List<String> outside() {
				return List.of();
			}

			@Override
			public JobContainer create() throws ErrnoException {
				throw new ErrnoException("Making a container", Errno.EOPNOTSUPP);
			}

			@Override
			public Joining joining() throws ErrnoException {
				throw new ErrnoException("Joining a container", Errno.EOPNOTSUPP);
			}

		};
	}

}
