package io.earshot.detector.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuTimesTest {

  @ParameterizedTest
  @CsvSource({
    "earshot-detector-1f0c-StreamThread-1, STREAMS",
    "kafka-producer-network-thread | earshot-detector-1f0c-StreamThread-1-producer, CLIENTS",
    "kafka-coordinator-heartbeat-thread | earshot-inference, CLIENTS",
    "earshot-inference, INFERENCE",
    "earshot-patches, INFERENCE",
    "earshot-bench-events, BENCH",
    "main, BENCH",
    "data-plane-kafka-request-handler-0, BROKER",
    "raft-expiration-reaper, BROKER",
    "C2 CompilerThre, JIT",
    "VM Thread, GC"
  })
  void aThreadsNameTellsItsStage(String thread, Stage stage) {
    assertThat(Stage.of(thread)).isEqualTo(stage);
  }

  @Test
  void whatAThreadSpendsIsItsStages() throws Exception {
    CpuTimes before = CpuTimes.now();
    CountDownLatch spent = new CountDownLatch(1);
    CountDownLatch read = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
              while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start < 5e8) {
                Thread.onSpinWait();
              }
              spent.countDown();
              awaitQuietly(read);
            },
            "earshot-patches");
    thread.start();
    spent.await();
    double seconds = CpuTimes.now().since(before).get(Stage.INFERENCE);
    read.countDown();
    // Linux counts the JVM's own threads in hundredths of a second.
    assertThat(seconds).isGreaterThan(0.4);
    assertThat(CpuTimes.process()).isGreaterThanOrEqualTo(seconds);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
