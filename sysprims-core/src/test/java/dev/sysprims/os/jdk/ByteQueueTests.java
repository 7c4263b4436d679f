package dev.sysprims.os.jdk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

@Timeout(30)
class ByteQueueTests {

	private static final int CAPACITY = 64 * 1024;

	private final ByteQueue queue = new ByteQueue();

	private final InputStream in = this.queue.input();

	private final OutputStream out = this.queue.output();

	@Test
	void bytesComeOutInTheirOrder() throws Exception {
		byte[] bytes = new byte[1_000_000];
		new Random(1).nextBytes(bytes);
		CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> writeInPieces(bytes));
		ByteArrayOutputStream read = new ByteArrayOutputStream();
		byte[] buffer = new byte[1000];
		for (int n = this.in.read(buffer, 3, 777); n >= 0; n = this.in.read(buffer, 3, 777)) {
			assertThat(n).isPositive();
			read.write(buffer, 3, n);
		}
		writer.get(20, TimeUnit.SECONDS);
		assertThat(read.toByteArray()).isEqualTo(bytes);
	}

	@Test
	void aFullQueueHoldsTheWriterUp() throws Exception {
		this.out.write(new byte[CAPACITY]);
		CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> writeInPieces(new byte[1]));
		assertThat(this.queue.available()).isEqualTo(CAPACITY);
		assertThat(writer).isNotDone();
		assertThat(this.in.readNBytes(CAPACITY + 1)).hasSize(CAPACITY + 1);
		writer.get(20, TimeUnit.SECONDS);
	}

	@Test
	void oneLargeWriteIsBoundedToo() throws Exception {
		CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> writeInPieces(new byte[10 * CAPACITY]));
		int read = 0;
		while (read < 10 * CAPACITY) {
			assertThat(this.queue.available()).isLessThanOrEqualTo(CAPACITY);
			read += this.in.readNBytes(1000).length;
		}
		writer.get(20, TimeUnit.SECONDS);
	}

	@Test
	void roomIsMadeForALastRest() throws IOException {
		this.out.write(new byte[CAPACITY]);
		this.queue.makeRoom(1000);
		this.out.write(new byte[1000]);
		this.out.close();
		assertThat(this.in.readAllBytes()).hasSize(CAPACITY + 1000);
	}

	@Test
	void theEndComesBehindTheBytes() throws IOException {
		this.out.write(255);
		this.out.close();
		assertThat(this.in.read()).isEqualTo(255);
		assertThat(this.in.read()).isEqualTo(-1);
		assertThatIOException().isThrownBy(() -> this.out.write(1)).withMessage("Stream closed");
	}

	@Test
	void aReaderThatGoesLosesTheRestAndBreaksThePipe() throws Exception {
		this.out.write(new byte[CAPACITY]);
		CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> writeInPieces(new byte[1]));
		this.in.close();
		assertThat(writer).failsWithin(20, TimeUnit.SECONDS);
		assertThatIOException().isThrownBy(() -> this.out.write(1)).withMessage("Broken pipe");
		assertThatIOException().isThrownBy(this.in::read).withMessage("Stream closed");
	}

	@Test
	void anInterruptEndsAReadAndAWriteAndStaysSet() throws IOException {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(this.in::read);
		assertThat(Thread.currentThread().isInterrupted()).isTrue();
		assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> this.out.write(1));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.queue.available()).isZero();
	}

	@Test
	void nothingIsNothing() throws IOException {
		assertThat(this.in.read(new byte[0])).isZero();
		this.out.write(new byte[0]);
		assertThat(this.in.available()).isZero();
	}

	private void writeInPieces(byte[] bytes) {
		try {
			int written = 0;
			for (int piece = 1; written < bytes.length; piece = (piece * 7 + 1) % 200_000) {
				int some = Math.min(piece, bytes.length - written);
				this.out.write(bytes, written, some);
				written += some;
			}
			if (bytes.length > 1) {
				this.out.close();
			}
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
