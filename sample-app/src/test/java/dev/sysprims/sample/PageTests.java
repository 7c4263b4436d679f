package dev.sysprims.sample;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What a browser under {@code Content-Security-Policy: default-src 'self'} asks for. */
class PageTests {

	private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

	@Test
	void thePageHasNoScriptAndNoStyleWithinIt() throws Exception {
		String page = read("index.html");
		assertThat(Pattern.compile("<script(?![^>]*\\ssrc=)").matcher(page).find()).isFalse();
		assertThat(Pattern.compile("<script[^>]*>[^<]").matcher(page).find()).isFalse();
		assertThat(page).doesNotContainPattern("<style")
			.doesNotContainPattern("\\sstyle=")
			.doesNotContainPattern("\\son[a-z]+=")
			.doesNotContain("javascript:");
	}

	@Test
	void everyFileOfThePageIsItsOwnAndThere() throws Exception {
		List<String> references = REFERENCE.matcher(read("index.html"))
			.results()
			.map((found) -> found.group(1))
			.toList();
		assertThat(references).contains("console.js", "console.css", "icon.svg");
		assertThat(references).allSatisfy((reference) -> {
			assertThat(reference).doesNotStartWith("/").doesNotContain(":").doesNotContain("//");
			assertThat(reference.startsWith("actuator/") || new ClassPathResource("static/" + reference).exists())
				.as(reference)
				.isTrue();
		});
	}

	@Test
	void theScriptSetsTextAndNeverMarkup() throws Exception {
		assertThat(read("console.js")).doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write",
				"eval(", "new Function", ".style", "http:", "https:");
	}

	@Test
	void theStylesLoadNothing() throws Exception {
		assertThat(read("console.css")).doesNotContain("url(", "@import");
	}

	@Test
	void thePageFitsAPhone() throws Exception {
		assertThat(read("index.html")).contains("name=\"viewport\" content=\"width=device-width");
	}

	private static String read(String file) throws IOException {
		return new ClassPathResource("static/" + file).getContentAsString(UTF_8);
	}

}
