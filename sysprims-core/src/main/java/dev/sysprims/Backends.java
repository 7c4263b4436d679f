package dev.sysprims;

import dev.sysprims.os.OperatingSystem;

final class Backends {

	static OperatingSystem choose() {
		throw new AssertionError();
	}

}
