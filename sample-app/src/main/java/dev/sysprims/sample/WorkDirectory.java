package dev.sysprims.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Where presets write. Unless one is configured it is a new temporary directory that only
 * this user can enter, deleted with the application: beans are destroyed after the
 * lifecycle has stopped, so no job writes there any more.
 */
@Component
final class WorkDirectory implements DisposableBean {

	private final Path path;

	private final boolean temporary;

	WorkDirectory(SampleProperties properties) {
		try {
			this.temporary = properties.workDirectory() == null;
			this.path = (properties.workDirectory() != null)
					? Files.createDirectories(properties.workDirectory().toAbsolutePath())
					: Files.createTempDirectory("sysprims-sample-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					"The work directory cannot be made; name another one with " + "--sample.work-directory=DIRECTORY.",
					ex);
		}
	}

	Path path() {
		return this.path;
	}

	@Override
	public void destroy() throws IOException {
		if (this.temporary) {
			FileSystemUtils.deleteRecursively(this.path);
		}
	}

}
