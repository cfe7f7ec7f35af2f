package io.earshot.detector.app;

import io.earshot.detector.broker.Topics;
import io.earshot.producer.publish.FramePublisher;
import io.earshot.producer.publish.FrameSink;
import io.earshot.producer.publish.KafkaWire;
import io.earshot.producer.publish.SpooledPublisher;
import io.earshot.producer.publish.Wire;
import io.earshot.producer.spool.SpoolInUseException;
import io.earshot.producer.spool.SpoolMetrics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Where a producer's frames go: to Kafka through the spool if the sound goes on whatever Kafka
 * does, else straight to Kafka, which is waited for.
 */
final class Outlet implements AutoCloseable {
  /** What waits for half a second goes to disk, and is then sent at a limited rate. */
  private static final int MOST_ON_THE_WAY = 64;

  private final FrameSink sink;
  private final Path folder;
  private final AtomicReference<UserException> refusal;

  private Outlet(FrameSink sink, Path folder, AtomicReference<UserException> refusal) {
    this.sink = sink;
    this.folder = folder;
    this.refusal = refusal;
  }

  /**
   * @param live whether the sound cannot wait
   * @param metrics what a spool reports to, if there is one
   * @throws UserException if nothing may wait on disk, and Kafka refuses or nobody answers; or if
   *     another producer has the spool
   */
  static Outlet open(
      Config config, Map<String, Object> kafka, boolean live, Supplier<SpoolMetrics> metrics)
      throws UserException {
    AtomicReference<UserException> refusal = new AtomicReference<>();
    if (!live || !config.spool().enabled()) {
      TopicSetup.run(config, kafka);
      return new Outlet(new FramePublisher(kafka, Topics.FRAMES), null, refusal);
    }
    TopicSetup.checkSettings(kafka);
    SpoolMetrics counted = metrics.get();
    SpoolInUseException last = null;
    for (String directory : config.spool().directories()) {
      Path folder = Home.resolve(directory);
      try {
        SpooledPublisher publisher =
            SpooledPublisher.open(
                () -> connect(config, kafka, refusal), folder, config.spool().settings(), counted);
        return new Outlet(publisher, folder, refusal);
      } catch (SpoolInUseException e) {
        last = e;
      }
    }
    throw UserException.failed(
        last.getMessage() + "; name another spool.directory, or set spool.enabled to false", last);
  }

  /** Sound does not wait for this: it begins while nobody knows whether Kafka is there. */
  private static Wire connect(
      Config config, Map<String, Object> kafka, AtomicReference<UserException> refusal)
      throws IOException {
    try {
      TopicSetup.run(config, kafka);
    } catch (UserException e) {
      if (TopicSetup.isUnanswered(e)) {
        throw new IOException(e.getMessage(), e);
      }
      refusal.set(e);
      throw new IOException(null, e);
    }
    try {
      return KafkaWire.open(kafka, Topics.FRAMES);
    } catch (IOException e) {
      throw new IOException(Secrets.hidden(e.getMessage(), kafka), e);
    }
  }

  /** Why Kafka will never take the sound, as when a password is wrong; null while it may. */
  UserException refusal() {
    return refusal.get();
  }

  FrameSink sink() {
    return sink;
  }

  /** From now on what Kafka does not take stays on disk, if there is a spool. */
  void stopWaiting() {
    if (sink instanceof SpooledPublisher spooled) {
      spooled.stopWaiting();
    }
  }

  /** Whether more of a stream's frames wait for Kafka than are on their way as a rule. */
  boolean isBehind(String stream) {
    return sink instanceof SpooledPublisher spooled && spooled.backlog(stream) > MOST_ON_THE_WAY;
  }

  /** Takes no more frames, and says how many stay on disk. */
  void finish(PrintWriter err) throws IOException {
    sink.close();
    long left = sink instanceof SpooledPublisher spooled ? spooled.backlog() : 0;
    if (left > 0) {
      err.printf("%d frames stay in %s; the next start sends them.%n", left, folder);
    }
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
