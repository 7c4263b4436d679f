package dev.sysprims.supervisor;

/**
 * How much output is held.
 *
 * @param tail bytes of the end of each captured stream
 * @param lineQueue lines that wait for a callback
 */
record OutputSizes(int tail, int lineQueue) {

}
