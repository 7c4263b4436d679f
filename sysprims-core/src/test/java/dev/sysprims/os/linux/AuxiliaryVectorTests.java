package dev.sysprims.os.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

class AuxiliaryVectorTests {

	@Test
	void aValueAmongWordsOf64Bits() {
		byte[] content = bytes(8 * 6).putLong(6).putLong(4096).putLong(17).putLong(250).putLong(0).putLong(0).array();
		assertThat(AuxiliaryVector.value(content, 8, AuxiliaryVector.AT_CLKTCK)).hasValue(250);
	}

	@Test
	void aValueAmongWordsOf32Bits() {
		byte[] content = bytes(4 * 6).putInt(6).putInt(-1).putInt(17).putInt(100).putInt(0).putInt(0).array();
		assertThat(AuxiliaryVector.value(content, 4, AuxiliaryVector.AT_CLKTCK)).hasValue(100);
		assertThat(AuxiliaryVector.value(content, 4, 6)).hasValue(0xffff_ffffL);
	}

	@Test
	void whatStandsBehindTheEndIsNotRead() {
		byte[] content = bytes(8 * 4).putLong(0).putLong(0).putLong(17).putLong(250).array();
		assertThat(AuxiliaryVector.value(content, 8, AuxiliaryVector.AT_CLKTCK)).isEqualTo(OptionalLong.empty());
	}

	@Test
	void aTextThatIsCutOffHasNoValue() {
		byte[] content = bytes(12).putLong(17).putInt(1).array();
		assertThat(AuxiliaryVector.value(content, 8, AuxiliaryVector.AT_CLKTCK)).isEqualTo(OptionalLong.empty());
		assertThat(AuxiliaryVector.value(new byte[0], 8, AuxiliaryVector.AT_CLKTCK)).isEqualTo(OptionalLong.empty());
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void thisKernelTellsItsTicks() throws IOException {
		byte[] content = Files.readAllBytes(Path.of("/proc/self/auxv"));
		int wordSize = System.getProperty("sun.arch.data.model").equals("32") ? 4 : 8;
		assertThat(AuxiliaryVector.value(content, wordSize, AuxiliaryVector.AT_CLKTCK)).hasValue(100);
	}

	private static ByteBuffer bytes(int size) {
		return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
	}

}
