package dev.sysprims.sample.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is written for people holds against the code. */
class DocumentationTests {

	private static final Path ROOT = Path.of("..");

	private static final Path EXAMPLES = Path.of("src/test/java/dev/sysprims/sample/documentation");

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

	private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\n(.*?)^```$");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

	@ParameterizedTest
	@MethodSource("pages")
	void everyLinkWithinTheRepositoryLeadsSomewhere(Path page) throws Exception {
		for (String target : found(LINK, read(page))) {
			if (target.matches("[a-z]+:.*")) {
				continue;
			}
			int hash = target.indexOf('#');
			String file = (hash < 0) ? target : target.substring(0, hash);
			Path linked = file.isEmpty() ? page : page.resolveSibling(file);
			assertThat(linked).as("%s in %s", target, page).exists();
			if (hash >= 0) {
				assertThat(anchors(linked)).as("%s in %s", target, page).contains(target.substring(hash + 1));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyExampleInJavaStandsInATest(Path page) throws Exception {
		List<String> sources = new ArrayList<>();
		try (Stream<Path> files = Files.list(EXAMPLES)) {
			for (Path file : files.toList()) {
				sources.add(unindented(read(file)));
			}
		}
		for (String example : found(JAVA, read(page))) {
			assertThat(sources.stream().anyMatch((source) -> source.contains(unindented(example))))
				.as("a test in %s holds, line for line, this example of %s:%n%s", EXAMPLES, page, example)
				.isTrue();
		}
	}

	@Test
	void theReadmesCommandsAreWhatIsRunBeforeAChangeLands() throws Exception {
		assertThat(read(ROOT.resolve("README.md"))).contains(
				"mvn -DskipTests -pl sample-app -am package && java -jar sample-app/target/sample-app.jar",
				"mvn verify");
		assertThat(read(ROOT.resolve(".ci/run"))).contains("-DskipTests -pl sample-app -am clean package",
				"clean verify", ".ci/sample-smoke");
		assertThat(read(ROOT.resolve(".ci/sample-smoke"))).contains("jar=sample-app/target/sample-app.jar",
				"\"$java\" -jar \"$jar\"");
	}

	@Test
	void theReadmesDependencyIsThisVersion() throws Exception {
		String version = found(Pattern.compile("<version>([^<]+)</version>"), read(ROOT.resolve("pom.xml"))).get(0);
		assertThat(read(ROOT.resolve("README.md"))).contains("<groupId>dev.sysprims</groupId>",
				"<artifactId>sysprims-spring-boot-starter</artifactId>", "<version>" + version + "</version>");
	}

	static Stream<Path> pages() throws IOException {
		List<Path> pages = new ArrayList<>();
		for (Path directory : List.of(ROOT, ROOT.resolve("docs"))) {
			try (Stream<Path> files = Files.list(directory)) {
				files.filter((file) -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
			}
		}
		return pages.stream();
	}

	private static List<String> found(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
	}

	/** As GitHub makes them of headings. */
	private static List<String> anchors(Path page) throws IOException {
		return found(HEADING, read(page)).stream()
			.map((heading) -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
			.toList();
	}

	private static String unindented(String code) {
		return code.lines().map(String::strip).reduce("", (text, line) -> text + line + "\n");
	}

	private static String read(Path file) throws IOException {
		return Files.readString(file);
	}

}
