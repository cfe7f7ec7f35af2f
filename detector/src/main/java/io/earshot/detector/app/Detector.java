package io.earshot.detector.app;

import io.earshot.detector.broker.PromptCommits;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.EventRules;
import io.earshot.detector.event.EventTopology;
import io.earshot.detector.inference.Scorer;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.detector.segment.SegmentSettings;
import io.earshot.detector.segment.SegmentTopology;
import io.earshot.models.onnx.ModelException;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detector's stages that this process runs: Kafka Streams for segments and events, and an
 * inference worker between them.
 */
final class Detector implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Detector.class);

  private final List<RunningStage> stages;
  private final CompletableFuture<Throwable> failed = new CompletableFuture<>();

  /**
   * @param stages in the order in which they are closed
   */
  private Detector(List<RunningStage> stages) {
    this.stages = stages;
    for (RunningStage stage : stages) {
      var unused = stage.failed().thenAccept(failed::complete);
    }
  }

  /**
   * Opens the network and starts all stages; returns when they take part in their groups or are
   * about to.
   *
   * @param kafka settings of every client
   * @throws UserException if the network cannot be opened, or the rules do not fit the model
   */
  static Detector start(
      Config config, ModelPackage model, Map<String, Object> kafka, PipelineMetrics metrics)
      throws UserException {
    return start(Role.STAGES, config, model, kafka, metrics);
  }

  /**
   * Starts the stages among these roles; there may be none. Only {@link Role#INFERENCE} opens the
   * network.
   *
   * @param model null where there is no stage
   * @throws UserException as above
   */
  static Detector start(
      Set<Role> roles,
      Config config,
      ModelPackage model,
      Map<String, Object> kafka,
      PipelineMetrics metrics)
      throws UserException {
    boolean streams = roles.contains(Role.SEGMENT) || roles.contains(Role.EVENT);
    // What is wrong with either is found before anything has begun.
    EventRules rules = streams ? RulesOfConfig.of(config, model) : null;
    Network network = roles.contains(Role.INFERENCE) ? open(config, model) : null;
    List<RunningStage> stages = new ArrayList<>();
    if (network != null) {
      stages.add(inference(config, model, kafka, metrics, network, network::score));
    }
    if (streams) {
      Topology topology = topology(config, model, metrics, rules);
      stages.add(StreamsRunner.start(config, kafka, topology, sources(roles)));
    }
    return new Detector(stages);
  }

  /**
   * Starts all stages with another hearing than the configuration's.
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
    return new Detector(
        List.of(
            inference(config, model, kafka, metrics, network, chosen.scorer()),
            StreamsRunner.start(config, kafka, topology, sources(Role.STAGES))));
  }

  /** Segments and events; empty where neither is among the roles. */
  Optional<StreamsRunner> streams() {
    return stage(StreamsRunner.class);
  }

  /** The scores; empty where they are not among the roles. */
  Optional<InferenceStage> inference() {
    return stage(InferenceStage.class);
  }

  private <T> Optional<T> stage(Class<T> kind) {
    return stages.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** Completes, with the reason, if a stage has failed for good. */
  CompletableFuture<Throwable> failed() {
    return failed;
  }

  @Override
  public void close() {
    stages.forEach(RunningStage::close);
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

  private static RunningStage inference(
      Config config,
      ModelPackage model,
      Map<String, Object> kafka,
      PipelineMetrics metrics,
      Network network,
      Scorer scorer) {
    return new InferenceStage(network, WorkerRunner.start(config, model, kafka, scorer, metrics));
  }

  /** What the roles on Kafka Streams work on. */
  private static Set<String> sources(Set<Role> roles) {
    Set<String> topics = new HashSet<>();
    if (roles.contains(Role.SEGMENT)) {
      topics.add(Topics.FRAMES);
    }
    if (roles.contains(Role.EVENT)) {
      topics.add(Topics.SCORES);
    }
    return topics;
  }

  /** The same in every process, whatever its roles are: so Kafka Streams wants it. */
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
