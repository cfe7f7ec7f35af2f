package io.earshot.detector.clip;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.Event;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events and clips out of Kafka, by a consumer of its own for each question. Any thread.
 *
 * <pre>{@code
 * Clips clips = new KafkaClips(() -> consumer(), settings);
 * Clip clip = clips.clip(clips.event("8f14e45f-ceea-367f-9a36-dedd4bea2543"));
 * }</pre>
 */
public final class KafkaClips implements Clips {
  private static final Logger log = LoggerFactory.getLogger(KafkaClips.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  /** As in {@code config/event.schema.json}. */
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final ClipSettings settings;
  private final Function<String, StoredEvent> known;

  /**
   * Clips of events that nobody has looked up before.
   *
   * @param consumers makes one of no group, which reads what is committed; it is closed here
   */
  public KafkaClips(Supplier<Consumer<byte[], byte[]>> consumers, ClipSettings settings) {
    this(consumers, settings, id -> null);
  }

  /**
   * Clips of events that may be known already.
   *
   * @param known gives the last state of an event, or null if it must be looked up
   */
  public KafkaClips(
      Supplier<Consumer<byte[], byte[]>> consumers,
      ClipSettings settings,
      Function<String, StoredEvent> known) {
    this.consumers = consumers;
    this.settings = settings;
    this.known = known;
  }

  /** Whether an event may have that id. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** What to say of a text that is none; it is not quoted. */
  public static String noId() {
    return "that is no event's id; one looks like 1b9d6bcd-bbfd-3b2d-9b5d-ab8dfbbd4bed";
  }

  @Override
  public StoredEvent event(String id) throws ClipException {
    if (!isId(id)) {
      throw unknown(noId());
    }
    StoredEvent event = known.apply(id);
    if (event == null) {
      event = ask((consumer, patience) -> new EventLog(consumer, patience).find(id));
    }
    if (event == null) {
      throw unknown("no event " + id + " in " + Topics.EVENTS);
    }
    return event;
  }

  @Override
  public Clip clip(StoredEvent stored) throws ClipException {
    Event event = stored.event();
    Span span = Span.of(event, settings);
    ClipAssembler assembler = new ClipAssembler(event, span);
    ask(
        (consumer, patience) -> {
          new FrameLog(consumer, patience).read(event.stream(), span, assembler);
          return assembler;
        });
    Clip clip = assembler.clip();
    if (clip == null) {
      throw new ClipException(
          ClipException.Reason.EXPIRED,
          "%s no longer holds the sound of event %s, captured at %s in stream %s; kafka.retention.frames says how long it is kept"
              .formatted(Topics.FRAMES, event.id(), event.onset(), event.stream()),
          null);
    }
    return clip;
  }

  private interface Question<T> {
    T ask(Consumer<byte[], byte[]> consumer, Patience patience) throws ClipException;
  }

  private <T> T ask(Question<T> question) throws ClipException {
    Consumer<byte[], byte[]> consumer = null;
    try {
      consumer = consumers.get();
      return question.ask(consumer, new Patience(PATIENCE));
    } catch (KafkaException e) {
      log.debug("a question to Kafka failed", e);
      throw new ClipException(
          ClipException.Reason.UNAVAILABLE, "Kafka does not answer; try again later", e);
    } finally {
      if (consumer != null) {
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
      }
    }
  }

  private static ClipException unknown(String message) {
    return new ClipException(ClipException.Reason.UNKNOWN_EVENT, message, null);
  }
}
