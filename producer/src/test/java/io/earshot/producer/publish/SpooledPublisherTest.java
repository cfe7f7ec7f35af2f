package io.earshot.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.spool.SpoolInUseException;
import io.earshot.producer.spool.SpoolMetrics;
import io.earshot.producer.spool.SpoolSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With its threads, on a real folder. */
@Timeout(60)
class SpooledPublisherTest {
  private static final SpoolSettings SETTINGS = new SpoolSettings(100_000_000, 100);

  @TempDir private Path folder;

  /** What has arrived; while it is away, clients take frames and nothing becomes of them. */
  private final List<Frame> arrived = new CopyOnWriteArrayList<>();

  private final List<Frame> offered = new CopyOnWriteArrayList<>();

  private volatile boolean away;

  private final class Client implements Wire {
    @Override
    public String offer(Frame frame, Receipt receipt) {
      offered.add(frame);
      if (!away) {
        arrived.add(frame);
        receipt.arrived();
      }
      return null;
    }

    @Override
    public void close() {}
  }

  @Test
  void framesGoStraightToKafkaAndNothingToDisk() throws Exception {
    try (SpooledPublisher publisher = open()) {
      publish(publisher, "s1", 0, 20);
      publisher.flush();
      assertThat(arrived).hasSize(20).isSortedAccordingTo((a, b) -> Long.compare(a.seq(), b.seq()));
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void aFolderBelongsToOneProcess() throws Exception {
    try (SpooledPublisher publisher = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(SpoolInUseException.class)
          .hasMessage(folder.resolve("spool") + " is in use by another producer");
      publish(publisher, "s1", 0, 1);
    }
    open().close();
  }

  @Test
  void whatKafkaDoesNotTakeIsSentByTheNextProcessFirst() throws Exception {
    SpooledPublisher stopped = leave(30);
    assertThatThrownBy(() -> publish(stopped, "s1", 30, 1)).isInstanceOf(IOException.class);
    assertThat(files()).isNotEmpty();
    away = false;
    try (SpooledPublisher publisher = open()) {
      publish(publisher, "s2", 0, 5);
      publisher.flush();
      await(() -> files().isEmpty());
    }
    assertThat(arrived).hasSize(35);
    for (int i = 0; i < 35; i++) {
      assertThat(arrived.get(i).session()).isEqualTo(i < 30 ? "s1" : "s2");
      assertThat(arrived.get(i)).isEqualTo(frame(i < 30 ? "s1" : "s2", i < 30 ? i : i - 30));
    }
  }

  /** Its client is there at last when nobody waits for it any more. */
  @Test
  void whoIsClosedWhileItWaitsForKafkaLeavesEverything() throws Exception {
    leave(30);
    offered.clear();
    CountDownLatch opening = new CountDownLatch(1);
    SpooledPublisher waiting = open(() -> whenInterrupted(opening));
    await(() -> waiting.backlog() == 30);
    opening.await();
    waiting.close();
    assertThat(waiting.backlog()).isEqualTo(30);
    assertThat(offered).isEmpty();
    away = false;
    try (SpooledPublisher publisher = open()) {
      await(() -> arrived.size() == 30);
      publisher.flush();
    }
    assertThat(arrived).startsWith(frame("s1", 0)).endsWith(frame("s1", 29));
  }

  private Wire whenInterrupted(CountDownLatch opening) {
    opening.countDown();
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.park();
    }
    return new Client();
  }

  @Test
  void aFolderThatCannotBeWrittenKeepsNobodyFromSending() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    try (SpooledPublisher publisher =
        SpooledPublisher.open(Client::new, file.resolve("spool"), SETTINGS, SpoolMetrics.NONE)) {
      publish(publisher, "s1", 0, 20);
      publisher.flush();
    }
    assertThat(arrived).hasSize(20);
  }

  @Test
  void aClientThatThrowsWhateverItMayIsReplaced() throws Exception {
    Wire broken =
        new Wire() {
          @Override
          public String offer(Frame frame, Receipt receipt) {
            throw new IllegalStateException("broken");
          }

          @Override
          public void close() {}
        };
    List<Wire> clients = new CopyOnWriteArrayList<>(List.of(broken, new Client()));
    try (SpooledPublisher publisher =
        SpooledPublisher.open(
            () -> clients.remove(0), folder.resolve("spool"), SETTINGS, SpoolMetrics.NONE)) {
      publish(publisher, "s1", 0, 20);
      publisher.flush();
    }
    assertThat(arrived).hasSize(20).startsWith(frame("s1", 0)).endsWith(frame("s1", 19));
  }

  /** A process that Kafka takes nothing from. */
  private SpooledPublisher leave(int frames) throws IOException {
    away = true;
    SpooledPublisher stopped = open();
    publish(stopped, "s1", 0, frames);
    stopped.stopWaiting();
    stopped.flush();
    stopped.close();
    assertThat(stopped.backlog()).isEqualTo(frames);
    return stopped;
  }

  private SpooledPublisher open() throws IOException {
    return open(Client::new);
  }

  private SpooledPublisher open(Wire.Opener kafka) throws IOException {
    return SpooledPublisher.open(kafka, folder.resolve("spool"), SETTINGS, SpoolMetrics.NONE);
  }

  private static void publish(FrameSink sink, String session, int from, int count)
      throws IOException {
    for (int seq = from; seq < from + count; seq++) {
      sink.publish(frame(session, seq));
    }
  }

  private static Frame frame(String session, int seq) {
    return new Frame(
        "door", session, seq, 1_000_000 + 100L * seq, Encoding.S16LE, new byte[3200], false);
  }

  private List<String> files() {
    String[] names = folder.resolve("spool").toFile().list((dir, name) -> !name.startsWith("."));
    return names == null ? List.of() : List.of(names);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
