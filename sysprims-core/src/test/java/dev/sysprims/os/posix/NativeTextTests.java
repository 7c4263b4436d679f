package dev.sysprims.os.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;

import dev.sysprims.fixture.ProcessFixture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NativeTextTests {

	@Test
	void textIsEncodedAsThePlatformSays() {
		assertThat(NativeText.bytes("é", StandardCharsets.ISO_8859_1)).isEqualTo(new byte[] { (byte) 0xe9 });
		assertThat(NativeText.bytes("é", StandardCharsets.UTF_8)).isEqualTo(new byte[] { (byte) 0xc3, (byte) 0xa9 });
	}

	@Test
	void whatThePlatformCannotSayIsUtf8AndNoQuestionMark() {
		assertThat(NativeText.bytes("漢", StandardCharsets.ISO_8859_1)).isEqualTo("漢".getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void aNameThatIsNoTextKeepsItsBytes() throws Exception {
		try (ProcessFixture fixture = new ProcessFixture()) {
			String script = "mkdir \"$0/a b%\" && : >\"$0/a b%/$(printf '\\377')\"";
			new ProcessBuilder("sh", "-c", script, fixture.directory().toString()).start().waitFor();
			Path strange = only(only(fixture.directory()));
			assertThat(HexFormat.of().formatHex(NativeText.bytes(strange)))
				.isEqualTo(HexFormat.of().formatHex(NativeText.bytes(fixture.directory() + "/a b%/")) + "ff");
		}
	}

	private static Path only(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.findFirst().orElseThrow();
		}
	}

}
