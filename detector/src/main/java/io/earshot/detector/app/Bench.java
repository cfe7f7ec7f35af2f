package io.earshot.detector.app;

import io.earshot.detector.bench.BenchResult;
import io.earshot.detector.bench.CpuTimes;
import io.earshot.detector.bench.SoundPattern;
import io.earshot.detector.bench.Stage;
import io.earshot.models.feature.LogMel;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.publish.FramePublisher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * One run of the benchmark: the pipeline warmed up, then as fast as it goes between two halves of
 * the bare loop, then at real time for latency, then at real time with as many streams as it keeps
 * up with. All in one process, broker included.
 */
final class Bench {
  /**
   * What is measured.
   *
   * @param streams played for throughput and latency
   * @param seconds of each measurement
   */
  record Plan(int streams, int seconds) {}

  /** Long enough for the JVM's compilers. */
  private static final int WARM_UP_SECONDS = 20;

  /** Segments that may be on their way while the pipeline is to be full. */
  private static final long FULL = 512;

  private static final double FIRST_TRY = 0.95;
  private static final double NEXT_TRY = 0.9;

  /** Lag that grows by less than this in a run is flat: a commit's worth, and a segment's. */
  private static final double FLAT_SECONDS = 1.2;

  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int STEPS_A_SEGMENT = 10;

  private final Config config;
  private final ModelPackage model;
  private final Plan plan;
  private final BenchMetrics metrics = new BenchMetrics();
  private final SoundPattern sound = new SoundPattern();
  private final List<float[]> patches;
  private final Interrupt interrupt;
  private final long hopMillis;

  private Station station;
  private FramePublisher publisher;
  private BenchEvents events;

  Bench(Config config, ModelPackage model, Plan plan, Interrupt interrupt) {
    this.config = config;
    this.model = model;
    this.plan = plan;
    this.interrupt = interrupt;
    patches = sound.patches(new LogMel(model.frontEnd().logOffset()), 960);
    hopMillis = config.segments().hop().toMillis();
  }

  /**
   * Runs it.
   *
   * @throws UserException a stage failed, or Ctrl-C came
   */
  BenchResult run() throws Exception {
    try (Station opened =
            Station.open(
                config,
                model,
                metrics,
                network -> {
                  BareLoop loop = new BareLoop(network, 1, patches);
                  return BenchRules.of(model, loop.scores(0), loop.scores(1));
                });
        FramePublisher toFrames = opened.publisher();
        BenchEvents subscriber = new BenchEvents(opened.kafka());
        BenchMemory memory = BenchMemory.open()) {
      station = opened;
      publisher = toFrames;
      events = subscriber;
      return measure(memory);
    }
  }

  private BenchResult measure(BenchMemory memory) throws Exception {
    BareLoop loop =
        new BareLoop(station.detector().network(), config.inference().maxBatch(), patches);
    fill("warm-up-", WARM_UP_SECONDS);
    loop.run(1);
    BareLoop.Speed before = loop.run(plan.seconds() / 2.0);
    Full full = fill("full-", plan.seconds());
    BareLoop.Speed bare = before.plus(loop.run(plan.seconds() / 2.0));
    BenchResult.Latency latency = latency();
    BenchResult.Sustained sustained = sustained(full.patchesPerSecond());
    Map<String, Double> cpu = full.cpuMillisPerPatch();
    // ORT's threads and the worker's are one stage: the network's part is what it takes alone.
    double worker = Math.max(0, cpu.get("inference") - bare.cpuMillisPerPatch());
    cpu.put("worker", worker);
    cpu.put("network", cpu.remove("inference") - worker);
    return new BenchResult(
        BenchSetup.of(config, model, station.detector().network()),
        new BenchResult.Throughput(
            full.patchesPerSecond(), bare.patchesPerSecond(), full.meanBatch()),
        full.patchesPerSecond() / bare.patchesPerSecond(),
        latency,
        sustained,
        cpu,
        worker + cpu.get("broker") + cpu.get("streams") + cpu.get("clients"),
        full.bytesPerPatch(),
        new BenchResult.Memory(BenchSetup.bytes(model), memory.peak()));
  }

  /** What a full pipeline did. */
  private record Full(
      double patchesPerSecond,
      double meanBatch,
      Map<String, Double> cpuMillisPerPatch,
      Map<String, Long> bytesPerPatch) {}

  /** What has been counted up to one moment. */
  private record Reading(
      long nanos, long scored, long batches, CpuTimes cpu, Map<String, Long> bytes) {}

  private Reading read() throws UserException {
    Map<String, Long> bytes = TopicBytes.read(station.kafka());
    return new Reading(
        System.nanoTime(), metrics.scored(), metrics.batches(), CpuTimes.now(), bytes);
  }

  /** As fast as it goes, never with much more on its way than the stages need to be busy. */
  private Full fill(String name, int seconds) throws Exception {
    BenchStreams streams = new BenchStreams(publisher, sound, name, plan.streams(), 1);
    long base = metrics.scored();
    long limit = Math.max(FULL, 4L * plan.streams());
    long ramp = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    Reading first = null;
    while (first == null || System.nanoTime() - first.nanos() < seconds * 1e9) {
      check();
      if (streams.segments(hopMillis) - (metrics.scored() - base) < limit) {
        streams.send();
      } else {
        BenchStreams.pause();
      }
      if (first == null && System.nanoTime() > ramp) {
        first = read();
      }
    }
    Full full = full(first, read());
    finish(streams);
    return full;
  }

  private static Full full(Reading first, Reading last) {
    long scored = Math.max(1, last.scored - first.scored);
    Map<String, Double> cpu = new TreeMap<>();
    for (Map.Entry<Stage, Double> stage : last.cpu.since(first.cpu).entrySet()) {
      cpu.put(stage.getKey().key(), 1e3 * stage.getValue() / scored);
    }
    Map<String, Long> bytes = new TreeMap<>();
    last.bytes.forEach(
        (topic, size) -> bytes.put(topic, (size - first.bytes.getOrDefault(topic, 0L)) / scored));
    return new Full(
        scored / ((last.nanos - first.nanos) / 1e9),
        scored / (double) Math.max(1, last.batches - first.batches),
        cpu,
        bytes);
  }

  private BenchResult.Latency latency() throws Exception {
    BenchStreams streams = new BenchStreams(publisher, sound, "step-", plan.streams(), 1);
    Histogram latencies = events.time("step-", streams.clock());
    long frames = plan.seconds() * 10L;
    for (long i = 0; i < frames; i++) {
      check();
      streams.sendInTime();
    }
    events.stop();
    finish(streams);
    return new BenchResult.Latency(
        plan.streams(),
        latencies.getTotalCount(),
        latencies.getValueAtPercentile(50) / 1e6,
        latencies.getValueAtPercentile(95) / 1e6,
        latencies.getValueAtPercentile(99) / 1e6,
        latencies.getMaxValue() / 1e6);
  }

  /** As many streams as the throughput promises, fewer until the lag stays flat. */
  private BenchResult.Sustained sustained(double patchesPerSecond) throws Exception {
    int count = (int) Math.max(1, FIRST_TRY * patchesPerSecond * hopMillis / 1e3);
    for (int attempt = 0; ; attempt++) {
      double lag = lag("real-time-" + attempt + "-", count);
      if (lag >= 0) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new BenchResult.Sustained(count, count / (double) cores, lag);
      }
      if (count == 1) {
        return new BenchResult.Sustained(0, 0, 0);
      }
      count = (int) Math.max(1, NEXT_TRY * count);
    }
  }

  /** Seconds of sound that wait at the end, a stream; negative if they were still growing. */
  private double lag(String name, int count) throws Exception {
    BenchStreams streams = new BenchStreams(publisher, sound, name, count, STEPS_A_SEGMENT);
    long base = metrics.scored();
    long frames = plan.seconds() * 10L;
    List<Double> lags = new ArrayList<>();
    for (long i = 0; i < frames; i++) {
      check();
      streams.sendInTime();
      long waiting = streams.segments(hopMillis) - (metrics.scored() - base);
      lags.add(waiting * hopMillis / 1e3 / count + streams.lateSeconds());
    }
    finish(streams);
    double early = mean(lags.subList(lags.size() / 4, lags.size() / 2));
    double late = mean(lags.subList(3 * lags.size() / 4, lags.size()));
    // Flat is a slope: what grows this much here grows without end.
    return (late - early) * 2 < FLAT_SECONDS * Math.min(1, plan.seconds() / 30.0) ? late : -1;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  /** Ends the streams and waits until nothing of them is on its way. */
  private void finish(BenchStreams streams) throws Exception {
    streams.end();
    long deadline = System.nanoTime() + DRAIN_NANOS;
    long quiet = System.nanoTime();
    long scored = -1;
    while (System.nanoTime() - quiet < 1e9 && System.nanoTime() < deadline) {
      check();
      BenchStreams.pause();
      if (metrics.scored() != scored || metrics.scored() < metrics.patches()) {
        scored = metrics.scored();
        quiet = System.nanoTime();
      }
    }
  }

  private void check() throws UserException, IOException {
    if (station.detector().failed().isDone()) {
      Throwable reason = station.detector().failed().join();
      throw UserException.failed(Failure.oneLine(reason), reason);
    }
    if (interrupt.requested()) {
      throw new Interrupted();
    }
  }

  /** Ctrl-C. */
  static final class Interrupted extends IOException {}
}
