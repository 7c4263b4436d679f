package dev.sysprims.tree;

/**
 * The way from the public door to the trees behind it, for the supervisor. What
 * {@code Sysprims.system()} returns has it; the package is not exported, so it is no API.
 */
public interface TreesAccess {

	/**
	 * The trees of this JVM.
	 * @return the one instance of this class loader
	 */
	ProcessTrees trees();

}
