package dev.sysprims.os;

/**
 * Takes the output of a child as it comes. Called by one backend thread at a time; must
 * be quick and must not throw.
 */
public interface ByteSink {

	/**
	 * Takes bytes.
	 * @param buffer holds the bytes; only valid during the call
	 * @param offset where they begin
	 * @param length how many, at least 1
	 */
	void accept(byte[] buffer, int offset, int length);

	/** The output has ended; called once. */
	void end();

}
