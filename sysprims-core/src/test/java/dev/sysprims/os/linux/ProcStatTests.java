package dev.sysprims.os.linux;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import dev.sysprims.process.ProcessState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ProcStatTests {

	private static final String CAPTURED = "9675 (cat) R 9672 9671 6683 0 -1 4194304 98 0 0 0 12 34 0 0 20 0 3 0 196263 "
			+ "3133440 360 18446744073709551615 94052631478272 94052631498153 140733201119568 0 0 0 0 0 0 0 0 0 17 0 0 "
			+ "0 0 0 0 94052631514160 94052631515776 94052845965312 140733201128122 140733201128142 140733201128142 "
			+ "140733201129451 0\n";

	@Test
	void aCapturedLineOf52Fields() {
		assertThat(parse(CAPTURED))
			.isEqualTo(new ProcStat(9675, "cat", 'R', 9672, 9671, 6683, 4194304, 12, 34, 3, 196263));
	}

	@Test
	void anOldKernelWithFewerFields() {
		String line = CAPTURED.substring(0, CAPTURED.indexOf(" 3133440"));
		assertThat(parse(line)).isEqualTo(parse(CAPTURED));
	}

	@ParameterizedTest
	@ValueSource(strings = { ") S 1", "a) S 1\nb", ")", "(", "((", "", " ", "a b", ") Z 0 0 0 0 ", "9) R 8" })
	void aNameThatLooksLikeTheRestOfTheLine(String name) {
		ProcStat stat = parse(CAPTURED.replace("(cat)", "(" + name + ")"));
		assertThat(stat.name()).isEqualTo(name);
		assertThat(stat.pid()).isEqualTo(9675);
		assertThat(stat.ppid()).isEqualTo(9672);
		assertThat(stat.start()).isEqualTo(196263);
	}

	@Test
	void anEnvironmentIsEmptyForGoodOrOnlyUntilItsBoundsAreSet() {
		String line = "710 (c t) R 651 651 9775 0 -1 4194304 102 0 0 0 0 0 0 0 20 0 1 0 445941 3133440 407 "
				+ "18446744073709551615 1 1 1 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0 7 8 9 %s 0\n";
		assertThat(hasNoEnvironment(line.formatted("1405 1425 1425 1601"))).isFalse();
		assertThat(hasNoEnvironment(line.formatted("1405 1425 1425 1425"))).isTrue();
		assertThat(hasNoEnvironment(line.formatted("1405 0 0 0"))).isFalse();
		assertThat(hasNoEnvironment(line.formatted("0 0 0 0"))).isFalse();
		assertThat(hasNoEnvironment(line.formatted("0 0 0 0").replace(") R", ") Z"))).isTrue();
		assertThat(hasNoEnvironment(line.formatted("0 0 0 0").replace("4194304", "2129984"))).isTrue();
		assertThat(hasNoEnvironment(CAPTURED.substring(0, CAPTURED.indexOf(" 3133440")))).isTrue();
	}

	private static boolean hasNoEnvironment(String line) {
		return ProcStat.hasNoEnvironment(line.getBytes(StandardCharsets.ISO_8859_1));
	}

	@Test
	void aNameThatIsNoUtf8() {
		byte[] text = CAPTURED.replace("cat", "\u00ff\u00fe)").getBytes(StandardCharsets.ISO_8859_1);
		assertThat(ProcStat.parse(text, text.length).name()).isEqualTo("\ufffd\ufffd)");
	}

	@Test
	void whatIsLeftInTheBufferFromALongerLineIsNotRead() {
		byte[] line = CAPTURED.substring(0, CAPTURED.indexOf(" 3133440")).getBytes(StandardCharsets.ISO_8859_1);
		byte[] buffer = (new String(line, StandardCharsets.ISO_8859_1) + "99 (x) Z 7 7 7")
			.getBytes(StandardCharsets.ISO_8859_1);
		assertThat(ProcStat.parse(buffer, line.length)).isEqualTo(parse(CAPTURED));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n", "9675", "9675 (cat", "(cat) R 1 1 1", "x (cat) R 9672 9671 6683",
			"9675 (cat) R 9672 9671 6683 0 -1 4194304 98 0 0 0 12 34 0 0 20 0 3 0",
			"9675 (cat) RR 9672 9671 6683 0 -1 4194304 98 0 0 0 12 34 0 0 20 0 3 0 196263",
			"9675 (cat) R 9672 967x 6683 0 -1 4194304 98 0 0 0 12 34 0 0 20 0 3 0 196263",
			"9675 (cat) R 9672 - 6683 0 -1 4194304 98 0 0 0 12 34 0 0 20 0 3 0 196263",
			"9675 (cat) R 9672 9671 6683 0 -1 4194304 98 0 0 0 12 34 0 0 20 0 3 0 99999999999999999999",
			"9675(cat) R 9672 9671 6683 0 -1 4194304 98 0 0 0 12 34 0 0 20 0 3 0 196263" })
	void aLineThatIsNone(String line) {
		assertThatIllegalArgumentException().isThrownBy(() -> parse(line));
	}

	@ParameterizedTest
	@CsvSource({ "R,RUNNING", "S,SLEEPING", "D,SLEEPING", "I,SLEEPING", "T,STOPPED", "t,STOPPED", "Z,ZOMBIE",
			"X,UNKNOWN", "x,UNKNOWN", "K,UNKNOWN", "W,UNKNOWN", "P,UNKNOWN" })
	void statesInTheContractsWords(char letter, ProcessState state) {
		assertThat(inState(letter, 1).toState()).isEqualTo(state);
	}

	@ParameterizedTest
	@CsvSource({ "R,1,false", "S,1,false", "T,1,false", "Z,1,true", "Z,0,true", "X,1,true", "x,0,true" })
	void onlyZombiesAndDeadOnesHaveEnded(char letter, long threads, boolean ended) {
		assertThat(inState(letter, threads).ended()).isEqualTo(ended);
		assertThat(inState(letter, threads).toEntry().ended()).isEqualTo(ended);
	}

	@Test
	void aProcessWhoseMainThreadAloneHasEndedGoesOn() {
		assertThat(inState('Z', 2).ended()).isFalse();
		assertThat(inState('Z', 2).toState()).isEqualTo(ProcessState.UNKNOWN);
	}

	@Test
	void randomBytesAreRefusedOrReadWithTheNumberInFront() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		byte[] captured = CAPTURED.getBytes(StandardCharsets.ISO_8859_1);
		for (int i = 0; i < 50_000; i++) {
			byte[] text = captured.clone();
			int length = random.nextInt(text.length + 1);
			for (int change = random.nextInt(4); change >= 0; change--) {
				text[5 + random.nextInt(text.length - 5)] = (byte) random.nextInt(256);
			}
			try {
				assertThat(ProcStat.parse(text, length).pid()).as("seed %s, round %s", seed, i).isEqualTo(9675);
			}
			catch (IllegalArgumentException ex) {
				assertThat(ex).hasMessageNotContaining("null");
			}
		}
	}

	private static ProcStat inState(char letter, long threads) {
		return parse(CAPTURED.replace(") R ", ") " + letter + " ").replace(" 20 0 3 0 ", " 20 0 " + threads + " 0 "));
	}

	private static ProcStat parse(String line) {
		byte[] text = line.getBytes(StandardCharsets.ISO_8859_1);
		return ProcStat.parse(text, text.length);
	}

}
