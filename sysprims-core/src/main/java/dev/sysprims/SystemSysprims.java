package dev.sysprims;

final class SystemSysprims {

	static Sysprims instance() {
		throw new AssertionError();
	}

}
