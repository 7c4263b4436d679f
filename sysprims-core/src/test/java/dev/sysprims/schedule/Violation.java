package dev.sysprims.schedule;

import org.jspecify.annotations.Nullable;

/** A rule that did not hold. */
final class Violation extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Rule rule;

	Violation(Rule rule, String what) {
		this(rule, what, null);
	}

	Violation(Rule rule, String what, @Nullable Throwable cause) {
		super(rule + ": " + what, cause);
		this.rule = rule;
	}

	Rule rule() {
		return this.rule;
	}

}
