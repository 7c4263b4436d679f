package dev.sysprims.os.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.sysprims.os.CollectingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class OutputPumpTests {

	@Test
	void aPipeThatNeverGoesQuietHoldsTheFinishUpForABoundedTime() throws InterruptedException {
		CollectingSink sink = new CollectingSink();
		OutputPump pump = OutputPump.capture(new InputStream() {

			@Override
			public int read() {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
				return 'x';
			}

			@Override
			public int read(byte[] buffer, int offset, int length) {
				buffer[offset] = (byte) read();
				return 1;
			}

		}, sink);
		Thread thread = started(pump);
		pump.finish();
		assertThat(sink.hasEnded()).isTrue();
		thread.join();
		sink.await();
	}

	@Test
	void aStreamThatNobodyReadsDoesNotHoldTheFinishUp() throws InterruptedException, IOException {
		ByteQueue queue = new ByteQueue();
		OutputPump pump = OutputPump.stream(new EndlessPipe(), queue);
		Thread thread = started(pump);
		queue.makeRoom(1000);
		pump.finish();
		thread.join();
		assertThat(queue.input().readAllBytes()).hasSizeGreaterThanOrEqualTo(64 * 1024);
	}

	@Test
	void aPipeThatBlocksForEverCountsAsEmpty() throws InterruptedException {
		CollectingSink sink = new CollectingSink();
		CountDownLatch blocked = new CountDownLatch(1);
		OutputPump pump = OutputPump.capture(new InputStream() {

			@Override
			public int read() throws IOException {
				blocked.countDown();
				return awaitForEver();
			}

		}, sink);
		Thread thread = started(pump);
		blocked.await();
		pump.finish();
		sink.await();
		assertThat(sink.bytes()).isEmpty();
		assertThat(thread.isAlive()).isTrue();
		thread.interrupt();
		thread.join();
		sink.await();
	}

	@Test
	void closingTheReadersSideClosesThePipe() throws InterruptedException {
		ByteQueue queue = new ByteQueue();
		EndlessPipe pipe = new EndlessPipe();
		Thread thread = started(OutputPump.stream(pipe, queue));
		queue.abandon();
		thread.join();
		assertThat(pipe.closed).isTrue();
	}

	private static Thread started(OutputPump pump) {
		Thread thread = new Thread(pump);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	private static int awaitForEver() throws IOException {
		try {
			new CountDownLatch(1).await();
			return 0;
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	private static final class EndlessPipe extends InputStream {

		private volatile boolean closed;

		@Override
		public int read() throws IOException {
			if (this.closed) {
				throw new IOException("Stream closed");
			}
			return 'x';
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			buffer[offset] = (byte) read();
			return 1;
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

}
