package dev.sysprims.os.linux;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProcMountTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			rw                       | false
			rw,hidepid=0             | false
			rw,hidepid=off           | false
			rw,gid=5,hidepid=1       | true
			rw,hidepid=2             | true
			rw,hidepid=noaccess      | true
			rw,hidepid=invisible     | true
			rw,hidepid=ptraceable    | true
			""")
	void theOptionOfTheFileSystemCounts(String options, boolean hides) {
		String mountinfo = "22 27 0:21 / /proc rw,relatime shared:5 - proc proc " + options + "\n"
				+ "23 27 0:22 / /other rw - proc proc rw,hidepid=2\n";
		assertThat(ProcMount.hidesOthers(mountinfo, "/proc")).isEqualTo(hides);
	}

	@ParameterizedTest
	@CsvSource({ "''", "garbage", "22 27 0:21 / /proc", "22 - 1", "'22 27 0:21 / /proc rw - proc proc'" })
	void aTextThatSaysNothingHidesNothing(String mountinfo) {
		assertThat(ProcMount.hidesOthers(mountinfo, "/proc")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "rw,rw,hidepid=2,true", "rw,hidepid=2,rw,false" })
	void theLastMountOnAPlaceIsTheOneThatIsSeen(String access, String first, String second, boolean hides) {
		String mountinfo = "22 27 0:21 / /proc " + access + " - proc proc " + first + "\n23 27 0:22 / /proc " + access
				+ " - proc proc " + second + "\n";
		assertThat(ProcMount.hidesOthers(mountinfo, "/proc")).isEqualTo(hides);
	}

}
