package dev.sysprims.sample;

import java.nio.file.Path;
import java.time.Duration;

import dev.sysprims.supervisor.JobSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

class PresetsTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withUserConfiguration(PresetsOnly.class);

	@TempDir
	private Path directory;

	@Test
	void theApplicationsOwnPresetsAreInTheOrderOfTheFile() {
		this.application.withInitializer(new ConfigDataApplicationContextInitializer())
			.run((context) -> assertThat(context.getBean(Presets.class).names()).containsExactly("archive", "index",
					"stubborn", "chatty", "sleeper", "crash"));
	}

	@Test
	void theRunningJdksDirectoryIsAnArgumentOfItsOwn() {
		this.application.withInitializer(new ConfigDataApplicationContextInitializer()).run((context) -> {
			for (String name : new String[] { "archive", "index" }) {
				assertThat(spec(context.getBean(Presets.class), name).command().argv()).endsWith(name,
						System.getProperty("java.home"));
			}
		});
	}

	@Test
	void aPresetThatSaysLittleWorksInTheWorkDirectoryUnderItsOwnName() {
		this.application
			.withPropertyValues("sample.work-directory=" + this.directory, "sample.presets.plain.command=true")
			.run((context) -> {
				JobSpec spec = spec(context.getBean(Presets.class), "plain");
				assertThat(spec.name()).isEqualTo("plain");
				assertThat(spec.command().cwd()).isEqualTo(this.directory);
				assertThat(spec.timeout()).isNull();
			});
	}

	@Test
	void whatAPresetSaysIsKept() {
		this.application
			.withPropertyValues("sample.presets.full.command[0]=sleep", "sample.presets.full.command[1]=1, 2",
					"sample.presets.full.name=nap", "sample.presets.full.cwd=" + this.directory,
					"sample.presets.full.timeout=90s")
			.run((context) -> {
				JobSpec spec = spec(context.getBean(Presets.class), "full");
				assertThat(spec.name()).isEqualTo("nap");
				assertThat(spec.command().argv()).containsExactly("sleep", "1, 2");
				assertThat(spec.command().cwd()).isEqualTo(this.directory);
				assertThat(spec.timeout()).isEqualTo(Duration.ofSeconds(90));
			});
	}

	@Test
	void aPresetWithoutACommandFailsTheStartByItsName() {
		this.application.withPropertyValues("sample.presets.empty.timeout=1s")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("sample.presets.empty cannot be used: The command is empty"));
	}

	@Test
	void anUnknownNameIsNoPreset() {
		this.application.run((context) -> assertThat(context.getBean(Presets.class).spec("sh")).isEmpty());
	}

	@Test
	void aTemporaryWorkDirectoryGoesWithTheApplication() {
		Path[] path = new Path[1];
		this.application.run((context) -> {
			path[0] = context.getBean(WorkDirectory.class).path();
			assertThat(path[0]).isEmptyDirectory();
		});
		assertThat(path[0]).doesNotExist();
	}

	@Test
	void aConfiguredWorkDirectoryIsMadeAndStays() {
		Path wanted = this.directory.resolve("deep/work");
		this.application.withPropertyValues("sample.work-directory=" + wanted)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(wanted).isDirectory();
	}

	private static JobSpec spec(Presets presets, String name) {
		return presets.spec(name).orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(SampleProperties.class)
	@Import({ Presets.class, WorkDirectory.class })
	static class PresetsOnly {

	}

}
