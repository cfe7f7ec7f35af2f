package io.earshot.detector.app;

import io.earshot.producer.frame.StreamId;
import io.earshot.producer.metrics.Health;
import io.earshot.producer.metrics.ProducerMetrics;
import io.earshot.producer.source.LoopedSource;
import io.earshot.producer.stream.Pace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code earshot producer}: sound into Kafka. */
@Command(
    name = "producer",
    mixinStandardHelpOptions = true,
    description =
        "Sends sound to earshot.frames: the configured streams, or files, standard input, or a microphone.")
final class ProducerCommand implements Callable<Integer> {
  /** After Ctrl-C: enough for what has been read, if Kafka is there. */
  private static final long PATIENCE_MILLIS = 10_000;

  private static final long CHECK_MILLIS = 5_000;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;
  @Mixin private KafkaOptions kafkaOptions;

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private Source source;

  @Option(
      names = "--stream",
      paramLabel = "ID",
      description = "Stream id, 1 to 128 of A-Za-z0-9._-; else made of the source's name.")
  private String stream;

  @Option(
      names = "--pace",
      paramLabel = "fast|realtime",
      description = "Of files: like a live stream (the default), or as fast as Kafka takes it.")
  private Pace pace;

  @Option(
      names = "--loop",
      description = "Of one file: begin again when it is over, as one stream, until Ctrl-C.")
  private boolean loop;

  @Option(
      names = "--check",
      description = "Try each of the configured streams for 5 s, without Kafka, and print a table.")
  private boolean check;

  static final class Source {
    @ArgGroup(exclusive = false, multiplicity = "1")
    private Inputs inputs;

    @Option(
        names = "--device",
        paramLabel = "NAME",
        required = true,
        description = "A microphone, by name or number of ./earshot listen --list-devices.")
    private String device;
  }

  @Override
  public Integer call() throws Exception {
    Config config = options.read(Map.of());
    return source == null ? streams(config) : recordings(config);
  }

  private int streams(Config config) throws Exception {
    if (stream != null || loop || pace != null) {
      throw UserException.wrongUse(
          "--stream, --loop and --pace are for files; entries of streams have keys for them");
    }
    ConfiguredStreams configured = ConfiguredStreams.of(config, System.getenv());
    CommandLine line = spec.commandLine();
    return check
        ? new StreamsCheck(CHECK_MILLIS).run(configured, line.getOut())
        : new StreamsRun(config, configured, line.getErr()).run(kafkaOptions.settings(config));
  }

  private int recordings(Config config) throws Exception {
    if (check) {
      throw UserException.wrongUse("--check is for streams in the configuration, not for files");
    }
    pace = pace == null ? Pace.REALTIME : pace;
    Complaints complaints = new Complaints(spec.commandLine().getErr());
    List<Recording> recordings = recordings(complaints);
    // Files that are read ahead wait for Kafka; sound that goes on needs the spool.
    boolean live = source.device != null || pace == Pace.REALTIME;
    Map<String, Object> kafka = kafkaOptions.settings(config);
    AtomicReference<Feeder> feeding = new AtomicReference<>();
    try (Interrupt interrupt = Interrupt.open();
        KafkaWatch watch = new KafkaWatch(kafka, spec.commandLine().getErr());
        RoleMetrics role = RoleMetrics.start(config, "producer", health(watch, feeding))) {
      ProducerMetrics metrics = new ProducerMetrics(role.registry(), config.metrics().streams());
      try (Outlet outlet = Outlet.open(config, kafka, live, metrics::spool);
          Feeder feeder =
              new Feeder(recordings, metrics.counting(outlet.sink()), pace, complaints)) {
        feeding.set(feeder);
        role.watchKafka(watch);
        role.announce(spec.commandLine().getErr());
        interrupt.onRequest(
            () -> {
              feeder.stop();
              outlet.stopWaiting();
            });
        watch.start();
        feeder.start();
        send(interrupt, outlet, feeder);
      }
    }
    return complaints.status();
  }

  private void send(Interrupt interrupt, Outlet outlet, Feeder feeder) throws Exception {
    while (!feeder.isDone() && outlet.refusal() == null && !interrupt.await(100)) {
      // The feeder has a thread of its own.
    }
    if (outlet.refusal() != null) {
      outlet.stopWaiting();
      throw outlet.refusal();
    }
    feeder.await(PATIENCE_MILLIS);
    if (!feeder.isDone()) {
      throw UserException.failed("Kafka does not take the last of the sound; it is lost", null);
    }
    if (feeder.failure() != null) {
      throw UserException.failed(Failure.oneLine(feeder.failure()), feeder.failure());
    }
    outlet.finish(spec.commandLine().getErr());
  }

  private static Health health(KafkaWatch watch, AtomicReference<Feeder> feeding) {
    return new Health().live("sound", () -> failure(feeding.get())).ready("kafka", watch::problem);
  }

  private static String failure(Feeder feeder) {
    boolean failed = feeder != null && feeder.failure() != null;
    return failed ? Failure.oneLine(feeder.failure()) : null;
  }

  private List<Recording> recordings(Complaints complaints) throws UserException {
    if (stream != null && !StreamId.isValid(stream)) {
      throw UserException.wrongUse("--stream " + stream + ": 1 to 128 of A-Za-z0-9._- are allowed");
    }
    if (loop && (source.device != null || !source.inputs.isOneFile())) {
      throw UserException.wrongUse("--loop is for one file");
    }
    if (source.device != null) {
      pace = Pace.FAST;
      return List.of(Microphones.recording(source.device, stream));
    }
    List<Recording> recordings = source.inputs.open(complaints::add);
    return recordings.stream().map(this::asWanted).toList();
  }

  private Recording asWanted(Recording recording) {
    String id = stream == null ? recording.stream() : stream;
    Recording.Opener once = recording.opener();
    Recording.Opener opener = loop ? start -> LoopedSource.open(() -> once.open(start)) : once;
    return new Recording(recording.name(), id, opener);
  }
}
