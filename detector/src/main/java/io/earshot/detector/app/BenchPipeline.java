package io.earshot.detector.app;

import io.earshot.detector.bench.SoundPattern;
import io.earshot.detector.bench.Stage;
import io.earshot.detector.broker.Topics;
import io.earshot.models.feature.LogMel;
import io.earshot.models.onnx.Network;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.publish.FramePublisher;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** The pipeline that is measured, with what plays streams to it and what listens to its events. */
final class BenchPipeline implements AutoCloseable {
  /** Ctrl-C. */
  static final class Interrupted extends IOException {}

  private static final double DRAIN_NANOS = 60e9;
  private static final double QUIET_NANOS = 1e9;

  private final BenchMetrics metrics = new BenchMetrics();
  private final SoundPattern sound = new SoundPattern();
  private final List<float[]> patches;
  private final long hopMillis;
  private final Interrupt interrupt;
  private final Station station;
  private final FramePublisher publisher;
  private final BenchEvents events;
  private BenchScorer scorer;
  private Network network;

  private BenchPipeline(Config config, ModelPackage model, Interrupt interrupt)
      throws UserException {
    this.interrupt = interrupt;
    hopMillis = config.segments().hop().toMillis();
    patches = sound.patches(new LogMel(model.frontEnd().logOffset()), 960);
    station = Station.open(config, model, metrics, network -> hearing(model, network));
    Map<String, Object> client = new HashMap<>(station.kafka());
    client.put(CommonClientConfigs.CLIENT_ID_CONFIG, Stage.BENCH_CLIENT);
    publisher = new FramePublisher(client, Topics.FRAMES);
    events = new BenchEvents(station.kafka());
  }

  private Hearing hearing(ModelPackage model, Network network) {
    BareLoop loop = new BareLoop(network, 1, patches, interrupt::requested);
    float[] loud = loop.scores(0);
    float[] quiet = loop.scores(1);
    this.network = network;
    scorer = new BenchScorer(network::score, patches.get(0), loud, patches.get(1), quiet);
    return new Hearing(BenchRules.of(model, (int) hopMillis, loud, quiet), scorer);
  }

  static BenchPipeline open(Config config, ModelPackage model, Interrupt interrupt)
      throws UserException {
    return new BenchPipeline(config, model, interrupt);
  }

  /**
   * New streams.
   *
   * @param name what their ids begin with, of none before
   * @param spread over how many frames they begin
   */
  BenchStreams streams(String name, int count, int spread) {
    return new BenchStreams(publisher, sound, name, count, spread, hopMillis, metrics.scored());
  }

  /** Segments of these streams that were sent and are not scored. */
  long waiting(BenchStreams streams) {
    return streams.segments() - (metrics.scored() - streams.scoredBefore());
  }

  /** Ends the streams and waits until nothing of them is on its way. */
  void finish(BenchStreams streams) throws IOException, UserException {
    streams.end();
    long start = System.nanoTime();
    long changed = start;
    long scored = -1;
    while (System.nanoTime() - changed < QUIET_NANOS && System.nanoTime() - start < DRAIN_NANOS) {
      check();
      BenchStreams.pause();
      if (metrics.scored() != scored || metrics.scored() < metrics.patches()) {
        scored = metrics.scored();
        changed = System.nanoTime();
      }
    }
  }

  /** Ends the benchmark if a stage has failed, or the user has. */
  void check() throws UserException, Interrupted {
    if (station.detector().failed().isDone()) {
      Throwable reason = station.detector().failed().join();
      throw UserException.failed(Failure.oneLine(reason), reason);
    }
    if (interrupt.requested()) {
      throw new Interrupted();
    }
  }

  /** Whether patches are scored by a network that takes no time. */
  void restNetwork(boolean rests) {
    scorer.rest(rests);
  }

  BareLoop bareLoop(int batch) {
    return new BareLoop(network(), batch, patches, interrupt::requested);
  }

  Network network() {
    return network;
  }

  Map<String, Object> kafka() {
    return station.kafka();
  }

  BenchMetrics metrics() {
    return metrics;
  }

  BenchEvents events() {
    return events;
  }

  long hopMillis() {
    return hopMillis;
  }

  @Override
  public void close() throws IOException {
    events.close();
    try (station) {
      publisher.close();
    }
  }
}
