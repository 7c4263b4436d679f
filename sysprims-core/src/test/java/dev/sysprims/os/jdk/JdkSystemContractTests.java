package dev.sysprims.os.jdk;

import java.util.List;

import dev.sysprims.os.OperatingSystemContract;

class JdkSystemContractTests extends OperatingSystemContract {

	JdkSystemContractTests() {
		super(JdkSystem.open(List.of("Native access was refused.")));
	}

}
