package dev.sysprims.tree;

import dev.sysprims.process.Leftovers;
import dev.sysprims.process.TerminateTreeConfig;

/**
 * What is to happen to members that are there when the program has ended.
 *
 * @param leftovers end them, wait for them or leave them
 * @param ending how they are ended
 */
public record TreePolicy(Leftovers leftovers, TerminateTreeConfig ending) {

}
