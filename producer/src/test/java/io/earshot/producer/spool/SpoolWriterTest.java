package io.earshot.producer.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.testing.FakeDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process leaves on disk, what befalls it there, and what the next one makes of it. */
class SpoolWriterTest {
  private static final SpoolSettings SETTINGS = new SpoolSettings(1_000_000, 4);

  /** Of a record: header, fixed part, names and PCM. */
  private static final int RECORD = 8 + 20 + 4 + 2 + 3200;

  private final FakeDisk disk = new FakeDisk();
  private final List<String> counted = new ArrayList<>();
  private final SpoolMetrics metrics =
      new SpoolMetrics() {
        @Override
        public void lost(String stream, Loss reason, int frames) {
          counted.add("%s %s %d".formatted(stream, reason.code(), frames));
        }

        @Override
        public void damaged(long bytes) {
          counted.add("damaged " + bytes);
        }
      };

  @Test
  void whatIsLeftComesFirstAndInOrder() throws Exception {
    leave(40);
    assertThat(disk.names()).filteredOn(name -> name.endsWith(".frames")).hasSizeGreaterThan(1);
    assertThat(sent(frame(99))).isEqualTo(seqs(IntStream.range(0, 40), 99));
    assertThat(counted).isEmpty();
    assertThat(disk.names()).isEmpty();
  }

  @Test
  void aTornTailIsCutAndWhatIsWholeIsSent() throws Exception {
    leave(10);
    String file = Segment.name(1);
    disk.put(file, Arrays.copyOf(disk.bytes(file), 16 + 9 * RECORD + 100));
    assertThat(sent(frame(99))).isEqualTo(seqs(IntStream.range(0, 9), 99));
    assertThat(counted).containsExactly("damaged 100");
  }

  @Test
  void afterDamageTheNextFileIsGoneOnWith() throws Exception {
    leave(40);
    byte[] first = disk.bytes(Segment.name(1));
    int inFirst = (first.length - 16) / RECORD;
    first[16 + 3 * RECORD + 1000] ^= 1;
    IntStream whole = IntStream.concat(IntStream.range(0, 3), IntStream.range(inFirst, 40));
    assertThat(sent(frame(99))).isEqualTo(seqs(whole, 99));
    assertThat(counted).containsExactly("damaged " + (inFirst - 3) * RECORD);
  }

  @Test
  void aFileOfAnotherVersionIsLeftAlone() throws Exception {
    byte[] other = {'E', 'S', 'P', 'L', 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    disk.put(Segment.name(7), other);
    assertThat(sent(frame(1))).containsExactly(1L);
    assertThat(disk.names()).containsExactly(Segment.name(7));
    assertThat(disk.bytes(Segment.name(7))).isEqualTo(other);
  }

  @Test
  void aDamagedNoteOfWhatIsDoneLosesNothing() throws Exception {
    leave(10);
    disk.put("000000000001.done", new byte[] {1, 2, 3});
    assertThat(sent(frame(99))).isEqualTo(seqs(IntStream.range(0, 10), 99));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 6})
  void whatCannotBeReadWaitsForTheNextStart(int readable) throws Exception {
    leave(10);
    disk.setUnreadableFrom(16 + readable * RECORD);
    assertThat(sent(frame(98))).isEqualTo(seqs(IntStream.range(0, readable), 98));
    disk.setUnreadableFrom(Long.MAX_VALUE);
    assertThat(sent(frame(99))).isEqualTo(seqs(IntStream.range(readable, 10), 99));
    assertThat(disk.names()).isEmpty();
    assertThat(counted).containsExactly("damaged 0");
  }

  @Test
  void whatIsDoneOfWhatCannotBeReadIsNotSentAgain() throws Exception {
    leave(IntStream.range(0, 10).mapToObj(seq -> frame(seq < 5 ? "door" : "attic", seq)).toList());
    Backlog backlog = new Backlog(SETTINGS, new Losses(metrics));
    SpoolWriter writer = writer(backlog);
    writer.open(0);
    while (writer.step(0)) {
      // Reads on.
    }
    List<Long> sent = new ArrayList<>();
    for (int step = 0; backlog.size("attic") > 0; step++) {
      send(backlog, "attic", seconds(100 + step), sent);
    }
    writer.step(seconds(1_000));
    disk.setUnreadableFrom(16 + 3 * RECORD);
    assertThat(sent(frame(98))).isEqualTo(seqs(IntStream.range(0, 3), 98));
    disk.setUnreadableFrom(Long.MAX_VALUE);
    assertThat(sent(frame(99))).isEqualTo(seqs(IntStream.range(3, 5), 99));
    assertThat(sent).isEqualTo(seqs(IntStream.range(5, 10)));
  }

  @Test
  void whileTheDiskFailsTheNewestStayInMemoryAndTheRestIsCounted() throws Exception {
    disk.setFailing(true);
    Backlog backlog = new Backlog(SETTINGS, new Losses(metrics), 20 * RECORD);
    SpoolWriter writer = writer(backlog);
    writer.open(0);
    writer.step(0);
    for (int seq = 0; seq < 50; seq++) {
      backlog.offer(frame(seq), seconds(seq));
      writer.step(seconds(seq));
    }
    assertThat(counted).hasSize(30).allMatch("door memory_full 1"::equals);
    disk.setFailing(false);
    writer.step(seconds(60));
    assertThat(backlog.isInMemoryEmpty()).isTrue();
    assertThat(drain(backlog, writer)).isEqualTo(seqs(IntStream.range(30, 50)));
  }

  @Test
  void aFullSpoolGivesUpItsOldest() throws Exception {
    Backlog backlog = new Backlog(SETTINGS, new Losses(metrics));
    SpoolWriter writer = writer(backlog);
    writer.open(0);
    for (int seq = 0; seq < 400; seq++) {
      backlog.offer(frame(seq), 0);
    }
    writer.step(seconds(1));
    List<Long> sent = drain(backlog, writer);
    int lost = 400 - sent.size();
    assertThat(sent).isEqualTo(seqs(IntStream.range(lost, 400)));
    assertThat(counted.stream().mapToInt(line -> Integer.parseInt(line.split(" ")[2])).sum())
        .isEqualTo(lost);
    assertThat(counted).allMatch(line -> line.startsWith("door spool_full "));
    // A file less than what fits, at most.
    assertThat(sent.size() * RECORD).isBetween(1_000_000 - 2 * 62_500, 1_000_000);
  }

  @Test
  void anotherProcessInTheFolderIsTold() {
    SpoolWriter writer =
        new SpoolWriter(
            () -> {
              throw new SpoolInUseException(Path.of("data/spool"));
            },
            "data/spool",
            SETTINGS,
            new Backlog(SETTINGS, new Losses(metrics)),
            new Losses(metrics),
            metrics);
    assertThat(catchThrowableOfType(SpoolInUseException.class, () -> writer.open(0)))
        .hasMessage("data/spool is in use by another producer");
  }

  @Test
  void everyFrameIsReadBackEqual() throws Exception {
    List<Frame> frames =
        List.of(
            frame(0),
            new Frame("a", "", -1, 0, Encoding.F32LE, new byte[8], false),
            new Frame("a".repeat(128), "b".repeat(64), 7, 1, Encoding.S16LE, new byte[0], true),
            new Frame(
                "b",
                "s",
                1,
                Frame.MAX_CAPTURE_MILLIS,
                Encoding.F32LE,
                new byte[Frame.MAX_BYTES],
                false));
    Spool spool = new Spool(disk, 10_000_000, () -> 42);
    for (Frame frame : frames) {
      Place place = spool.append(frame);
      assertThat(place.segment().read(place)).isEqualTo(frame);
    }
    List<Frame> found = new ArrayList<>();
    Spool again = new Spool(disk, 10_000_000, () -> 43);
    while (!again.isScanned()) {
      assertThat(again.scan((frame, place) -> found.add(frame))).isNull();
    }
    assertThat(found).isEqualTo(frames);
  }

  /** A process that Kafka takes nothing from. */
  private void leave(int frames) throws IOException {
    leave(IntStream.range(0, frames).mapToObj(SpoolWriterTest::frame).toList());
  }

  private void leave(List<Frame> frames) throws IOException {
    Backlog backlog = new Backlog(SETTINGS, new Losses(metrics));
    SpoolWriter writer = writer(backlog);
    writer.open(0);
    writer.step(0);
    frames.forEach(frame -> backlog.offer(frame, 0));
    writer.step(seconds(1));
  }

  /** What the next process sends, which hears one frame itself. */
  private List<Long> sent(Frame live) throws IOException {
    Backlog backlog = new Backlog(SETTINGS, new Losses(metrics));
    SpoolWriter writer = writer(backlog);
    writer.open(0);
    backlog.offer(live, 0);
    while (writer.step(0)) {
      // Reads on.
    }
    return drain(backlog, writer);
  }

  private List<Long> drain(Backlog backlog, SpoolWriter writer) {
    List<Long> sent = new ArrayList<>();
    for (int step = 0; !backlog.isEmpty(); step++) {
      long now = seconds(100) + step * 10_000_000L;
      backlog.unsent().forEach(stream -> send(backlog, stream, now, sent));
    }
    writer.step(seconds(10_000));
    return sent;
  }

  private static void send(Backlog backlog, String stream, long now, List<Long> sent) {
    Entry entry = backlog.next(stream, now);
    if (entry != null && (entry.frame() != null || backlog.load(entry))) {
      int attempt = backlog.send(entry, now);
      sent.add(entry.frame().seq());
      assertThat(backlog.arrived(entry, attempt)).isTrue();
    }
  }

  private SpoolWriter writer(Backlog backlog) {
    return new SpoolWriter(() -> disk, "spool", SETTINGS, backlog, new Losses(metrics), metrics);
  }

  private static Frame frame(int seq) {
    return frame("door", seq);
  }

  private static Frame frame(String stream, int seq) {
    return new Frame(stream, "s1", seq, 100L * seq, Encoding.S16LE, new byte[3200], false);
  }

  private static List<Long> seqs(IntStream seqs, int... more) {
    return IntStream.concat(seqs, IntStream.of(more)).asLongStream().boxed().toList();
  }

  private static long seconds(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }
}
