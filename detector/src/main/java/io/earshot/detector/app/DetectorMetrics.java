package io.earshot.detector.app;

import io.earshot.detector.alert.Alerts;
import io.earshot.detector.alert.SubscriptionSettings;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.inference.InferenceWorker;
import io.earshot.detector.metrics.AlertMetrics;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.detector.metrics.PrometheusMetrics;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.frame.BadFrameException;
import io.earshot.producer.metrics.Health;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What a detector tells of itself: its stages, alerts, lag and health. */
final class DetectorMetrics implements AutoCloseable {
  private static final String NOT_YET = "are yet to start";

  private final RoleMetrics role;
  private final Set<Role> roles;
  private final ModelPackage model;
  private final List<LagWatch.Group> groups;
  private final PipelineMetrics stages;
  private final AlertMetrics alertMetrics;
  private volatile Detector detector;
  private volatile Alerts alerts;

  private DetectorMetrics(
      Config config,
      Set<Role> roles,
      ModelPackage model,
      List<SubscriptionSettings> subscriptions,
      KafkaWatch watch)
      throws UserException {
    this.roles = roles;
    this.model = model;
    groups = groups(config.alerts().subscriptions().keySet(), config.kafka().exactlyOnce());
    role = RoleMetrics.start(config, "detector", health(watch));
    role.watchKafka(watch);
    stages = role.areTold() && model != null ? stages(config) : PipelineMetrics.NONE;
    alertMetrics =
        new AlertMetrics(
            role.registry(), subscriptions.stream().map(SubscriptionSettings::name).toList());
  }

  /**
   * Tells from now on, before there is a detector, that there is none yet.
   *
   * @param model null where no stage is among the roles
   * @throws UserException if it cannot listen where the user wants it to
   */
  static DetectorMetrics start(
      Config config,
      Set<Role> roles,
      ModelPackage model,
      List<SubscriptionSettings> subscriptions,
      KafkaWatch watch)
      throws UserException {
    return new DetectorMetrics(config, roles, model, subscriptions, watch);
  }

  private PipelineMetrics stages(Config config) {
    PrometheusMetrics counted =
        new PrometheusMetrics(
            role.registry(), config.metrics().bounds(config.stream().timeout()), model);
    counted.expectDeadLetters(deadLetters());
    return counted;
  }

  /** What the stages are to report to. */
  PipelineMetrics stages() {
    return stages;
  }

  /** What the alerts are to report to. */
  PipelineMetrics alerts() {
    return role.areTold() ? alertMetrics : PipelineMetrics.NONE;
  }

  /**
   * Tells of these, too.
   *
   * @param started stays open: it belongs to the caller, as the alerts do
   */
  void watch(Detector started, Alerts delivering, Map<String, Object> kafka) {
    detector = started;
    alerts = delivering;
    if (model != null) {
      String provider = started.inference().map(InferenceStage::provider).orElse("none");
      role.process().model(model.name(), model.version(), provider.toLowerCase(Locale.ROOT));
    }
    role.watchLag(kafka, groups);
  }

  /** Says where it is told. */
  void announce(PrintWriter err) {
    role.announce(err);
  }

  @Override
  public void close() {
    role.close();
  }

  private Health health(KafkaWatch watch) {
    Health health = new Health().ready("kafka", watch::problem);
    if (roles.contains(Role.SEGMENT) || roles.contains(Role.EVENT)) {
      tell(health, "segments and events", Detector::streams);
    }
    if (roles.contains(Role.INFERENCE)) {
      tell(health, "scores", Detector::inference);
    }
    if (roles.contains(Role.ALERT)) {
      health.ready("alerts", () -> alerts == null ? NOT_YET : alerts.problem());
    }
    return health;
  }

  private void tell(
      Health health, String component, Function<Detector, Optional<? extends RunningStage>> stage) {
    health.live(
        component,
        () ->
            detector == null
                ? null
                : stage.apply(detector).map(RunningStage::failure).orElse(null));
    health.ready(
        component,
        () ->
            detector == null
                ? NOT_YET
                : stage.apply(detector).map(RunningStage::problem).orElse(null));
  }

  /**
   * Of all stages, whatever this process's own roles are: a stage that nobody runs is told of, too.
   *
   * @param subscriptions names of those that are configured
   */
  static List<LagWatch.Group> groups(Collection<String> subscriptions, boolean exactlyOnce) {
    String streams = StreamsRunner.APPLICATION;
    String inference = InferenceWorker.GROUP;
    List<LagWatch.Group> groups = new ArrayList<>();
    groups.add(new LagWatch.Group("segment", streams, Topics.FRAMES, true, false));
    groups.add(new LagWatch.Group("inference", inference, Topics.PATCHES, true, exactlyOnce));
    groups.add(new LagWatch.Group("event", streams, Topics.SCORES, true, exactlyOnce));
    groups.addAll(alertGroups(subscriptions, exactlyOnce));
    return groups;
  }

  /**
   * Of alerts alone.
   *
   * @param subscriptions as above
   */
  static List<LagWatch.Group> alertGroups(Collection<String> subscriptions, boolean exactlyOnce) {
    return subscriptions.stream()
        .map(SubscriptionSettings::group)
        .map(it -> new LagWatch.Group("alert", it, Topics.EVENTS, false, exactlyOnce))
        .toList();
  }

  private static List<String> deadLetters() {
    List<String> reasons = new ArrayList<>(List.of("bad_patch", "bad_scores", "inference_failed"));
    Arrays.stream(BadFrameException.Reason.values()).map(it -> it.code()).forEach(reasons::add);
    return reasons;
  }
}
