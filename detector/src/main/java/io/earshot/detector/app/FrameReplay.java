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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final LastStates events = new LastStates();
  private final Set<String> streams = new HashSet<>();

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
   * @throws UserException a stage failed
   */
  Replayed run(Map<String, Object> kafka, ReplayRange range) throws Exception {
    try (Progress progress = new Progress(config.segments().hop());
        Station station = Station.open(config, model, progress);
        Follower follower = station.follower()) {
      // In the only partition, behind everything else.
      String last = "replay-end-" + UUID.randomUUID();
      try (FramePublisher publisher = station.publisher()) {
        range.read(kafka, Topics.FRAMES, interrupt::requested, r -> copy(r, publisher, progress));
        publisher.publish(new Frame(last, "", -1, 0, Encoding.S16LE, new byte[0], true));
        publisher.flush();
      }
      while (!follower.isOver(last) && !interrupt.requested()) {
        for (Event event : follower.poll()) {
          events.add(event);
        }
        throwFailure(station.detector().failed());
      }
      return new Replayed(events, candidates(station), streams.size());
    }
  }

  private List<Candidate> candidates(Station station) {
    List<Candidate> candidates = new ArrayList<>();
    JsonRecords<Candidate> json = new JsonRecords<>(Candidate.class);
    TopicStretch.read(
        station.kafka(),
        Topics.CANDIDATES,
        Instant.EPOCH,
        null,
        interrupt::requested,
        record -> json.read(record).ifPresent(candidates::add));
    return candidates;
  }

  /** What was no frame then is none now. */
  private void copy(
      ConsumerRecord<byte[], byte[]> record, FramePublisher publisher, Progress progress) {
    try {
      Frame frame = Frame.read(record.key(), record.value(), record.headers(), record.timestamp());
      if (wanted.test(frame.stream())) {
        streams.add(frame.stream());
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
