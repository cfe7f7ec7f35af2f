package io.earshot.detector.app;

import io.earshot.detector.broker.PromptCommits;
import io.earshot.detector.event.EventRules;
import io.earshot.detector.event.EventTopology;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.detector.segment.SegmentSettings;
import io.earshot.detector.segment.SegmentTopology;
import io.earshot.models.onnx.ModelException;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detector's stages in this process: Kafka Streams for segments and events, and an inference
 * worker between them.
 */
final class Detector implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Detector.class);

  private final Network network;
  private final StreamsRunner streams;
  private final WorkerRunner worker;
  private final CompletableFuture<Throwable> failed;

  private Detector(Network network, StreamsRunner streams, WorkerRunner worker) {
    this.network = network;
    this.streams = streams;
    this.worker = worker;
    this.failed =
        CompletableFuture.anyOf(streams.failed(), worker.failed()).thenApply(Throwable.class::cast);
  }

  /**
   * Opens the network and starts the stages; returns when they take part in their groups or are
   * about to.
   *
   * @param kafka settings of every client
   * @throws UserException if the network cannot be opened, or the rules do not fit the model
   */
  static Detector start(
      Config config, ModelPackage model, Map<String, Object> kafka, PipelineMetrics metrics)
      throws UserException {
    return start(config, model, kafka, metrics, Hearing.of(config, model));
  }

  /**
   * Starts with another hearing than the configuration's.
   *
   * @param hearing made when the network is open
   */
  static Detector start(
      Config config,
      ModelPackage model,
      Map<String, Object> kafka,
      PipelineMetrics metrics,
      Function<Network, Hearing> hearing)
      throws UserException {
    Network network = open(config, model);
    Hearing chosen = hearing.apply(network);
    Topology topology = topology(config, model, metrics, chosen.rules());
    StreamsRunner streams = StreamsRunner.start(config, kafka, topology);
    WorkerRunner worker = WorkerRunner.start(config, model, kafka, chosen.scorer(), metrics);
    return new Detector(network, streams, worker);
  }

  Network network() {
    return network;
  }

  /** Completes, with the reason, if a stage has failed for good. */
  CompletableFuture<Throwable> failed() {
    return failed;
  }

  @Override
  public void close() {
    worker.close();
    streams.close();
    if (worker.hasEnded()) {
      // Freed under a network that is scoring, its memory would take the process with it.
      network.close();
    }
  }

  private static Network open(Config config, ModelPackage model) throws UserException {
    NetworkOptions options =
        new NetworkOptions(config.inference().provider(), config.inference().threads());
    try {
      Network network = Network.open(model, options);
      log.info("{} {} runs on the {}", model.name(), model.version(), network.provider());
      return network;
    } catch (PackageException e) {
      throw UserException.wrongUse(e.getMessage(), e);
    } catch (ModelException e) {
      throw UserException.failed(e.getMessage(), e);
    }
  }

  static Topology topology(
      Config config, ModelPackage model, PipelineMetrics metrics, EventRules rules) {
    Topology topology = new Topology();
    Duration timeout = config.stream().timeout();
    PromptCommits commits =
        config.kafka().exactlyOnce()
            ? new PromptCommits(config.kafka().commitInterval())
            : PromptCommits.NONE;
    SegmentTopology.addTo(
        topology,
        SegmentSettings.of(config.segments().hop(), model.frontEnd().logOffset(), timeout),
        commits,
        metrics);
    EventTopology.addTo(topology, rules, timeout, commits, metrics);
    return topology;
  }
}
