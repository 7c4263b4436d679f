package dev.sysprims.os.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledOnOs(OS.LINUX)
class UserNamesTests {

	@TempDir
	private Path directory;

	@Test
	void linesOfThePasswordFile() {
		assertThat(UserNames.parse("""
				root:x:0:0:root:/root:/bin/bash
				toor:x:0:0::/root:/bin/sh
				# a comment
				+::::::
				broken
				:x:5:5::/:/bin/false
				app:x:1000:1000:App,,,:/home/app:/bin/sh
				""")).isEqualTo(Map.of(0L, "root", 1000L, "app"));
	}

	@Test
	void aUserWithoutANameIsANumber() throws IOException {
		UserNames users = new UserNames(write("root:x:0:0::/:/bin/sh\n", 1000).toFile());
		assertThat(users.nameOf(0, this.directory)).isEqualTo("root");
		assertThat(users.nameOf(3_999_999_999L, this.directory)).isEqualTo("3999999999");
	}

	@Test
	void aNewUserIsSeenWhenTheFileChanges() throws IOException {
		Path passwd = write("", 1000);
		UserNames users = new UserNames(passwd.toFile());
		assertThat(users.nameOf(54_321, this.directory)).isEqualTo("54321");
		write("app:x:54321:54321::/:/bin/sh\n", 2000);
		assertThat(users.nameOf(54_321, this.directory)).isEqualTo("app");
	}

	@Test
	void withoutThePasswordFileTheNameServiceIsAskedByAFileOfTheUser() throws IOException {
		UserNames users = new UserNames(this.directory.resolve("missing").toFile());
		int uid = (Integer) Files.getAttribute(this.directory, "unix:uid");
		assertThat(users.nameOf(uid, this.directory)).isEqualTo(System.getProperty("user.name"));
		assertThat(users.nameOf(54_321, this.directory)).isEqualTo("54321");
	}

	private Path write(String passwd, long modified) throws IOException {
		Path file = Files.writeString(this.directory.resolve("passwd"), passwd);
		return Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
	}

}
