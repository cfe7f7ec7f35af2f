package io.earshot.detector.app;

import io.earshot.producer.app.Streams;
import io.earshot.producer.live.LiveStream;
import io.earshot.producer.metrics.Health;
import io.earshot.producer.metrics.ProducerMetrics;
import io.earshot.producer.metrics.SourceMetrics;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** {@code earshot producer} without files: the configured streams, until all are over or Ctrl-C. */
final class StreamsRun {
  private static final long LOOK_MILLIS = 200;

  private final Config config;
  private final ConfiguredStreams configured;
  private final PrintWriter err;

  StreamsRun(Config config, ConfiguredStreams configured, PrintWriter err) {
    this.config = config;
    this.configured = configured;
    this.err = err;
  }

  /**
   * Runs them.
   *
   * @return the exit status: 1 if a stream has failed
   */
  int run(Map<String, Object> kafka) throws Exception {
    AtomicReference<Streams> running = new AtomicReference<>();
    try (Interrupt interrupt = Interrupt.open();
        KafkaWatch watch = new KafkaWatch(kafka, err);
        RoleMetrics role = RoleMetrics.start(config, "producer", health(watch, running))) {
      ProducerMetrics metrics = new ProducerMetrics(role.registry(), config.metrics().streams());
      try (Outlet outlet = Outlet.open(config, kafka, true, metrics::spool)) {
        try (Streams streams =
            configured.start(metrics.counting(outlet.sink()), outlet::isBehind)) {
          running.set(streams);
          new SourceMetrics(streams::all, streams::refused, config.metrics().streams())
              .register(role.registry());
          role.watchKafka(watch);
          role.announce(err);
          interrupt.onRequest(outlet::stopWaiting);
          watch.start();
          follow(interrupt, outlet, streams.all());
        }
        outlet.finish(err);
      }
    }
    boolean failed = running.get().all().stream().anyMatch(StreamsRun::hasFailed);
    return failed ? UserException.FAILED : 0;
  }

  private void follow(Interrupt interrupt, Outlet outlet, List<LiveStream> streams)
      throws Exception {
    StreamNews news = new StreamNews(err);
    boolean over = false;
    while (!over && outlet.refusal() == null) {
      over = streams.stream().allMatch(ConfiguredStreams::isOver);
      news.tell(streams);
      over |= interrupt.await(LOOK_MILLIS);
    }
    if (outlet.refusal() != null) {
      outlet.stopWaiting();
      throw outlet.refusal();
    }
  }

  private static boolean hasFailed(LiveStream stream) {
    return stream.status().state() == LiveStream.State.FAILED;
  }

  private static Health health(KafkaWatch watch, AtomicReference<Streams> running) {
    return new Health().live("streams", () -> failed(running.get())).ready("kafka", watch::problem);
  }

  /** A start anew would help none of the others: one that has failed is a matter of metrics. */
  private static String failed(Streams streams) {
    boolean all = streams != null && streams.all().stream().allMatch(StreamsRun::hasFailed);
    return all ? "all have failed: " + streams.all().get(0).status().problem() : null;
  }
}
