package io.earshot.detector.app;

import io.earshot.detector.broker.BrokerException;
import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.Event;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.onnx.Network;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.publish.FramePublisher;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * The whole pipeline in one process: a private broker on a free port and in a temporary folder, and
 * the detector on it. What detect, listen and demo run.
 */
final class Station implements AutoCloseable {
  private static final String FOLDER = "earshot-broker";

  private final Path folder;
  private final EmbeddedBroker broker;
  private final Detector detector;
  private final Map<String, Object> kafka;

  private Station(
      Path folder, EmbeddedBroker broker, Detector detector, Map<String, Object> kafka) {
    this.folder = folder;
    this.broker = broker;
    this.detector = detector;
    this.kafka = kafka;
  }

  static Station open(Config config, ModelPackage model, PipelineMetrics metrics)
      throws UserException {
    return open(config, model, metrics, Hearing.of(config, model));
  }

  static Station open(
      Config config,
      ModelPackage model,
      PipelineMetrics metrics,
      Function<Network, Hearing> hearing)
      throws UserException {
    Path folder = TemporaryFolder.create(FOLDER);
    TemporaryFolder.deleteAbandoned(folder.getParent(), FOLDER);
    EmbeddedBroker broker = null;
    try {
      broker = EmbeddedBroker.start(folder, 0);
      var unused = broker.halted().thenAccept(reason -> end(folder, reason));
      // Security settings are for the configured Kafka, not for this one.
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      TopicSetup.run(config, kafka);
      // Files come as fast as they can be read: what is too much is no overload.
      Detector detector = Detector.start(config.waiting(), model, kafka, metrics, hearing);
      return new Station(folder, broker, detector, kafka);
    } catch (BrokerException | UserException | RuntimeException e) {
      if (broker != null) {
        broker.close();
      }
      TemporaryFolder.delete(folder);
      throw e instanceof UserException known ? known : UserException.failed(Failure.oneLine(e), e);
    }
  }

  /**
   * The process ends here and now: the clients would wait for this broker until they gave up, and
   * no shutdown hook may free the network while it scores.
   */
  private static void end(Path folder, BrokerException reason) {
    Terminal.clearLine();
    System.err.println("earshot: " + reason.getMessage());
    TemporaryFolder.delete(folder);
    Runtime.getRuntime().halt(UserException.FAILED);
  }

  Detector detector() {
    return detector;
  }

  /** Settings of a client of the private broker. */
  Map<String, Object> kafka() {
    return kafka;
  }

  FramePublisher publisher() {
    return new FramePublisher(kafka, Topics.FRAMES);
  }

  Follower follower() {
    return new Follower(
        JsonReader.open(kafka, Topics.EVENTS, Event.class, true), StreamEnds.open(kafka));
  }

  @Override
  public void close() {
    detector.close();
    broker.close();
    TemporaryFolder.delete(folder);
  }
}
