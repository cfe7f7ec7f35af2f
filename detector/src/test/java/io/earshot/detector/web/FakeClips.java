package io.earshot.detector.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.earshot.detector.clip.Clip;
import io.earshot.detector.clip.ClipException;
import io.earshot.detector.clip.Clips;
import io.earshot.detector.clip.Gap;
import io.earshot.detector.clip.Span;
import io.earshot.detector.clip.StoredEvent;
import io.earshot.detector.clip.TestEvents;
import io.earshot.detector.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** One closed event and one that is open, each with a second of sound. */
final class FakeClips implements Clips {
  static final String CLOSED = "00000000-0000-3000-8000-000000000001";
  static final String OPEN = "00000000-0000-3000-8000-000000000002";
  static final String EXPIRED = "00000000-0000-3000-8000-000000000003";
  static final String UNANSWERED = "00000000-0000-3000-8000-000000000004";
  static final String SLOW = "00000000-0000-3000-8000-000000000005";
  static final String BROKEN = "00000000-0000-3000-8000-000000000006";
  static final String LONG = "00000000-0000-3000-8000-000000000007";

  /** It ended with its stream. */
  static final String LAST = "00000000-0000-3000-8000-000000000008";

  /** Far more than is under way in a socket. */
  static final int LONG_SAMPLES = 16_000_000;

  static final long T = 1_700_000_000_000L;

  final AtomicInteger cuts = new AtomicInteger();
  final CountDownLatch slow = new CountDownLatch(1);

  @Override
  public StoredEvent event(String id) throws ClipException {
    if (id.equals(UNANSWERED)) {
      throw new ClipException(ClipException.Reason.UNAVAILABLE, "Kafka does not answer", null);
    }
    if (!id.matches("00000000-0000-3000-8000-00000000000[1-8]")) {
      throw new ClipException(ClipException.Reason.UNKNOWN_EVENT, "no such event", null);
    }
    boolean over = !id.equals(OPEN);
    Instant onset = Instant.ofEpochMilli(T + 200);
    Event event = TestEvents.bark(id, "yard", onset, over ? onset.plusMillis(500) : null, 500);
    return new StoredEvent(event, ("{\"id\":\"" + id + "\",\"new\":1}").getBytes(UTF_8));
  }

  @Override
  public Clip clip(StoredEvent event) throws ClipException {
    cuts.incrementAndGet();
    if (event.event().id().equals(EXPIRED)) {
      throw new ClipException(ClipException.Reason.EXPIRED, "gone: kafka.retention.frames", null);
    }
    if (event.event().id().equals(BROKEN)) {
      throw new IllegalStateException("a bug with a secret");
    }
    if (event.event().id().equals(SLOW)) {
      await();
    }
    if (event.event().id().equals(LONG)) {
      return new Clip(T, new short[LONG_SAMPLES], List.of(), new Span(T, T + 1_000_000, false));
    }
    boolean last = event.event().id().equals(LAST);
    short[] samples = new short[16_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = sample(i);
    }
    List<Gap> gaps = List.of(new Gap(1_600, 3_200), new Gap(8_000, 8_800));
    return new Clip(T, samples, gaps, new Span(T, T + (last ? 1_500 : 1_000), false));
  }

  static short sample(int at) {
    return (short) (at * 31);
  }

  private void await() {
    try {
      slow.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
