package io.earshot.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.spool.Backlog;
import io.earshot.producer.spool.Loss;
import io.earshot.producer.spool.Losses;
import io.earshot.producer.spool.SpoolMetrics;
import io.earshot.producer.spool.SpoolSettings;
import io.earshot.producer.spool.SpoolWriter;
import io.earshot.producer.testing.FakeDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Streams that go on in real time, a Kafka, a disk, and whatever befalls them; without threads.
 * What has come out in the end is compared with what went in.
 */
final class OutageWorld implements SpoolMetrics {
  static final int STREAMS = 3;
  private static final int TICK_MILLIS = 50;

  /** Killed: what is yet to be written. Without power: what is yet to be synced. */
  private static final long KILL_MILLIS = 600;

  private static final long POWER_MILLIS = 1_050;

  private record Key(String stream, String session, long seq) {
    static Key of(Frame frame) {
      return new Key(frame.stream(), frame.session(), frame.seq());
    }
  }

  final FakeKafka kafka = new FakeKafka();
  final FakeDisk disk = new FakeDisk();
  final Random random;
  private final SpoolSettings settings;
  private final Map<Key, Frame> published = new LinkedHashMap<>();
  private final Map<Key, Long> publishedMillis = new HashMap<>();
  private final Set<Key> maybeLost = new HashSet<>();
  private final Map<String, Integer> counted = new HashMap<>();
  private final String[] sessions = new String[STREAMS];
  private final long[] seqs = new long[STREAMS];
  private int sessionCount;

  /** Whether Kafka may have frames of which nobody has heard; they may be counted as lost. */
  private boolean wasMute;

  private boolean diskFails;
  private boolean diskFailed;
  private long diskFailedMillis;
  private long nowMillis;

  /** Whether something has happened after which a frame may come twice. */
  private boolean maybeTwice;

  /** Whether the oldest file may have gone to make room. */
  private boolean wasFull;

  private Backlog backlog;
  private SpoolWriter writer;
  private FrameSender sender;

  OutageWorld(long seed, long maxBytes) throws IOException {
    random = new Random(seed);
    settings = new SpoolSettings(maxBytes, 4);
    start();
  }

  private void start() throws IOException {
    Losses losses = new Losses(this);
    backlog = new Backlog(settings, losses);
    writer = new SpoolWriter(() -> disk, "spool", settings, backlog, losses, this);
    writer.open(nanos());
    sender = new FrameSender(kafka, backlog, this, nanos());
    for (int i = 0; i < STREAMS; i++) {
      beginSession(i);
    }
  }

  private void beginSession(int stream) {
    sessions[stream] = "s" + sessionCount++;
    seqs[stream] = 0;
  }

  @Override
  public void lost(String stream, Loss reason, int frames) {
    counted.merge(stream, frames, Integer::sum);
  }

  @Override
  public void spoolBytes(long now) {
    wasFull |= now > settings.maxBytes() / 2;
  }

  int lost() {
    return counted.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Lets time pass in which every stream goes on. */
  void run(int millis) {
    for (int passed = 0; passed < millis; passed += TICK_MILLIS) {
      if (nowMillis % 100 == 0) {
        for (int i = 0; i < STREAMS; i++) {
          publish(i, false);
        }
      }
      tick();
    }
  }

  /** The source of a stream ends, and begins anew. */
  void endSession(int stream) {
    publish(stream, true);
    beginSession(stream);
  }

  private void publish(int stream, boolean end) {
    byte[] pcm = new byte[3200];
    random.nextBytes(pcm);
    String name = "stream-" + stream;
    Frame frame =
        new Frame(name, sessions[stream], seqs[stream]++, nowMillis, Encoding.S16LE, pcm, end);
    published.put(Key.of(frame), frame);
    publishedMillis.put(Key.of(frame), nowMillis);
    backlog.offer(frame, nanos());
  }

  private void tick() {
    nowMillis += TICK_MILLIS;
    wasMute |= kafka.state == FakeKafka.State.MUTE;
    sender.step(nanos());
    kafka.tick();
    if (nowMillis % 100 == 0) {
      while (writer.step(nanos())) {
        // More to do at once.
      }
    }
  }

  /** The process is killed, and started again. */
  void kill() throws IOException {
    mayLose(diskWorked() ? KILL_MILLIS : Long.MAX_VALUE);
    startAgain();
  }

  void losePower() throws IOException {
    mayLose(diskWorked() ? POWER_MILLIS : Long.MAX_VALUE);
    disk.losePower(random);
    startAgain();
  }

  /** The process is killed, and a byte on the disk changes. */
  void damage() throws IOException {
    disk.damage(random);
    mayLose(Long.MAX_VALUE);
    startAgain();
  }

  private void startAgain() throws IOException {
    maybeTwice = true;
    if (wasFull) {
      // Those on their way, or back from it, may have been the oldest, and gone from disk alone.
      kafka.pending().forEach(frame -> maybeLost.add(Key.of(frame)));
      kafka.failed.forEach(frame -> maybeLost.add(Key.of(frame)));
    }
    kafka.disconnect();
    start();
  }

  /** An operator stops it, and starts it again. */
  void stopAndStart() throws IOException {
    sender.close();
    kafka.disconnect();
    // What Kafka has written down, but not acknowledged, is sent again.
    maybeTwice |= wasMute;
    mayLose(writer.close(nanos()) > 0 ? Long.MAX_VALUE : 0);
    start();
  }

  void fail() {
    maybeTwice |= wasMute;
    kafka.fail();
  }

  private void mayLose(long newerMillis) {
    publishedMillis.forEach(
        (key, millis) -> {
          if (nowMillis - millis < newerMillis) {
            maybeLost.add(key);
          }
        });
  }

  void diskFails(boolean fails) {
    disk.setFailing(fails);
    diskFails = fails;
    diskFailedMillis = nowMillis;
    diskFailed |= fails;
    // What is done cannot be noted.
    maybeTwice |= fails;
  }

  /** Frames that were published while it failed are in memory alone, until it is tried again. */
  private boolean diskWorked() {
    return !diskFails && (!diskFailed || nowMillis - diskFailedMillis > 6_000);
  }

  /** All is well again, for as long as it takes; then the books are balanced. */
  void settle() {
    kafka.state = FakeKafka.State.UP;
    kafka.refusesClients = false;
    disk.setFailing(false);
    for (int i = 0; i < 200_000 && !backlog.isEmpty(); i++) {
      tick();
    }
    assertThat(backlog.isEmpty()).as("all has arrived, not %d", backlog.size()).isTrue();
    for (int i = 0; i < 20; i++) {
      tick();
    }
    assertThat(disk.names()).as("files of an empty spool").isEmpty();
    balance();
  }

  private void balance() {
    Set<Key> arrived = new HashSet<>();
    Map<String, List<Frame>> once = new HashMap<>();
    Map<String, Frame> newest = new HashMap<>();
    for (Frame frame : kafka.log) {
      Key key = Key.of(frame);
      assertThat(frame).isEqualTo(published.get(key));
      if (arrived.add(key)) {
        once.computeIfAbsent(frame.stream(), s -> new ArrayList<>()).add(frame);
        newest.put(frame.stream(), frame);
      } else {
        assertThat(maybeTwice).as("%s came twice", frame).isTrue();
        Frame last = newest.get(frame.stream());
        if (diskFailed) {
          // What is done could not be noted.
          continue;
        }
        assertThat(frame.session()).as("%s again, after %s", frame, last).isEqualTo(last.session());
        assertThat(!last.end() || frame.equals(last)).as("%s after the end", frame).isTrue();
      }
    }
    once.forEach(
        (stream, frames) ->
            assertThat(frames)
                .as(stream)
                .isSortedAccordingTo((a, b) -> order(a) < order(b) ? -1 : 1));
    for (int i = 0; i < STREAMS; i++) {
      String stream = "stream-" + i;
      List<Key> missing =
          published.keySet().stream()
              .filter(key -> key.stream().equals(stream) && !arrived.contains(key))
              .toList();
      long unexplained = missing.stream().filter(key -> !maybeLost.contains(key)).count();
      int lost = counted.getOrDefault(stream, 0);
      assertThat(unexplained).as("lost of %s, %s", stream, missing).isLessThanOrEqualTo(lost);
      if (maybeLost.isEmpty() && !wasMute) {
        assertThat(missing).as("counted of " + stream).hasSize(lost);
      }
    }
  }

  private static long order(Frame frame) {
    return Long.parseLong(frame.session().substring(1)) * 1_000_000 + frame.seq();
  }

  private long nanos() {
    return TimeUnit.MILLISECONDS.toNanos(nowMillis);
  }
}
