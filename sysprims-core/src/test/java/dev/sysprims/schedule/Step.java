package dev.sysprims.schedule;

/**
 * One thing that happens in a world.
 *
 * @param at when, in µs from the beginning of the world
 * @param action what
 * @param actor to whom: counted among those who are there at that moment, from the
 * beginning again when there are fewer
 * @param first the action's first number
 * @param second the action's second number
 */
record Step(int at, Action action, int actor, int first, int second) {

	static Step parse(String line) {
		String[] words = line.strip().split("\\s+");
		if (words.length != 5) {
			throw new IllegalArgumentException("A step is 'at action actor number number', not: " + line);
		}
		return new Step(Integer.parseInt(words[0]), Action.of(words[1]), Integer.parseInt(words[2]),
				Integer.parseInt(words[3]), Integer.parseInt(words[4]));
	}

	@Override
	public String toString() {
		return this.at + " " + this.action.text() + " " + this.actor + " " + this.first + " " + this.second;
	}

}
