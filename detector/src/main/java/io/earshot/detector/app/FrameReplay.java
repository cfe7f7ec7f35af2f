package io.earshot.detector.app;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.Candidate;
import io.earshot.detector.event.Event;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.frame.BadFrameException;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.publish.FramePublisher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Retained sound through a pipeline of its own, private broker included: another model hears what
 * was heard before, at its capture times. Belongs to one thread.
 */
final class FrameReplay {
  private final Config config;
  private final ModelPackage model;
  private final Predicate<String> wanted;
  private final Interrupt interrupt;
  private final Map<String, Instant> since = new HashMap<>();

  /**
   * @param wanted which streams
   */
  FrameReplay(Config config, ModelPackage model, Predicate<String> wanted, Interrupt interrupt) {
    this.config = config.replaying();
    this.model = model;
    this.wanted = wanted;
    this.interrupt = interrupt;
  }

  /**
   * @param kafka where the frames are
   * @param range the sound to hear, and the events to keep
   * @throws UserException a stage failed
   */
  Replayed run(Map<String, Object> kafka, ReplayRange range) throws Exception {
    LastStates events = new LastStates(range);
    try (Progress progress = new Progress(config.segments().hop());
        Station station = Station.open(config, model, progress);
        Follower follower = station.follower()) {
      // In the only partition, behind everything else.
      String last = "replay-end-" + UUID.randomUUID();
      try (FramePublisher publisher = station.publisher()) {
        TopicStretch.read(
            kafka,
            Topics.FRAMES,
            range,
            interrupt::requested,
            record -> copy(record, publisher, progress));
        publisher.publish(new Frame(last, "", -1, 0, Encoding.S16LE, new byte[0], true));
        publisher.flush();
      }
      while (!follower.isOver(last) && !interrupt.requested()) {
        for (Event event : follower.poll()) {
          events.add(event);
        }
        throwFailure(station.detector().failed());
      }
      return new Replayed(events, misses(station), since);
    }
  }

  private Misses misses(Station station) {
    Misses misses = new Misses();
    JsonRecords<Candidate> json = new JsonRecords<>(Candidate.class);
    TopicStretch.read(
        station.kafka(),
        Topics.CANDIDATES,
        ReplayRange.onwards(Instant.EPOCH),
        interrupt::requested,
        record -> json.read(record).ifPresent(misses::add));
    return misses;
  }

  /** What was no frame then is none now. */
  private void copy(
      ConsumerRecord<byte[], byte[]> record, FramePublisher publisher, Progress progress) {
    try {
      Frame frame = Frame.read(record.key(), record.value(), record.headers(), record.timestamp());
      if (wanted.test(frame.stream())) {
        since.putIfAbsent(frame.stream(), Instant.ofEpochMilli(frame.captureMillis()));
        progress.fed(frame.samples());
        publisher.publish(frame);
      }
    } catch (BadFrameException e) {
      // Its dead letter was written when it came.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void throwFailure(CompletableFuture<Throwable> failed) throws UserException {
    if (failed.isDone()) {
      throw UserException.failed(Failure.oneLine(failed.join()), failed.join());
    }
  }
}
