package dev.sysprims.os.linux;

import dev.sysprims.os.OperatingSystemContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LinuxSystemContractTests extends OperatingSystemContract {

	LinuxSystemContractTests() {
		super(LinuxSystem.open());
	}

}
