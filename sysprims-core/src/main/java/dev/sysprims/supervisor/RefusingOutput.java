package dev.sysprims.supervisor;

import java.io.IOException;
import java.io.OutputStream;

/** The standard input of a program that reads something else. */
final class RefusingOutput extends OutputStream {

	@Override
	public void write(int b) throws IOException {
		throw new IOException("The standard input of this job is not open for writing: "
				+ "start it with InputMode.stream() or JobSpec.piped().");
	}

}
