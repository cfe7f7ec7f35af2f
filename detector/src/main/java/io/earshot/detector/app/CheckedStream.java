package io.earshot.detector.app;

import io.earshot.producer.live.LiveStream;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.live.LiveStream.Status;
import io.earshot.producer.live.SoundLine.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is seen of a stream that is looked at every now and then. One thread. */
final class CheckedStream {
  private static final String NONE = "-";
  private static final double QUIET_DBFS = -80;
  private static final double LARGE_OFFSET = 0.01;
  private static final double FRAME_SECONDS = 0.1;

  /** A burst at the beginning is over. */
  private static final double SETTLED_SECONDS = 1.5;

  private static final double LEAST_SECONDS = 2;
  private static final double MOST_SPEED = 1.2;

  private final LiveStream stream;
  private Status status;
  private double rmsDbfs = Double.NEGATIVE_INFINITY;
  private double peakDbfs = Double.NEGATIVE_INFINITY;
  private double heardSeconds = Double.NaN;
  private double fromSeconds = Double.NaN;
  private long fromFrames;
  private double speed = 1;

  CheckedStream(LiveStream stream) {
    this.stream = stream;
  }

  /**
   * Looks at it.
   *
   * @param seconds of a clock that nobody sets
   */
  void look(double seconds) {
    status = stream.status();
    Counts counts = status.counts();
    if (counts.frames() == 0) {
      return;
    }
    rmsDbfs = Math.max(rmsDbfs, counts.level().rmsDbfs());
    peakDbfs = Math.max(peakDbfs, counts.level().peakDbfs());
    heardSeconds = Double.isNaN(heardSeconds) ? seconds : heardSeconds;
    if (Double.isNaN(fromSeconds) && seconds - heardSeconds >= SETTLED_SECONDS) {
      fromSeconds = seconds;
      fromFrames = counts.frames();
    }
    if (seconds - fromSeconds >= LEAST_SECONDS && status.state() == State.RUNNING) {
      speed = (counts.frames() - fromFrames) * FRAME_SECONDS / (seconds - fromSeconds);
    }
  }

  /** Whether sound came, or others are waited for. */
  boolean isFine() {
    boolean waits = status.state() == State.WAITING && status.problem().isEmpty();
    boolean forOthers = waits && Awaited.of(stream) == Awaited.SENDER;
    return forOthers || (hasSound() && status.state() != State.FAILED);
  }

  /** Name, source, format, level, drift, problems. */
  Object[] row() {
    double drift = status.counts().driftPpm();
    return new Object[] {
      stream.name(),
      stream.source(),
      status.format().isEmpty() ? NONE : status.format(),
      hasSound() ? text("%.1f dBFS", rmsDbfs) : NONE,
      drift == 0 ? NONE : text("%+.0f ppm", drift),
      problems()
    };
  }

  private boolean hasSound() {
    return status.counts().frames() > 0;
  }

  private String problems() {
    List<String> problems = new ArrayList<>();
    if (!status.problem().isEmpty()) {
      problems.add((status.state() == State.RUNNING ? "before: " : "") + status.problem());
    }
    if (hasSound()) {
      addOfSound(status.counts(), problems);
    } else if (problems.isEmpty()) {
      problems.add(silence());
    }
    status.refused().forEach((reason, count) -> problems.add(count + " refused: " + reason));
    return problems.isEmpty() ? "none" : String.join("; ", problems);
  }

  private String silence() {
    if (status.state() != State.WAITING) {
      return "no sound";
    }
    return switch (Awaited.of(stream)) {
      case SENDER -> "nobody has sent anything";
      case SERVER -> "connected, but no sound came";
    };
  }

  private void addOfSound(Counts counts, List<String> problems) {
    if (speed > MOST_SPEED || speed < 1 / MOST_SPEED) {
      problems.add(text("comes %.1f times as fast as its rate says", speed));
    }
    if (counts.gaps() > 0) {
      problems.add("%d gaps, %d ms missing".formatted(counts.gaps(), counts.missingMillis()));
    }
    if (counts.clipped() > 0) {
      problems.add(counts.clipped() + " samples clipped");
    }
    if (Math.abs(counts.offset()) > LARGE_OFFSET) {
      problems.add(text("offset %.3f of full scale", counts.offset()));
    }
    if (peakDbfs < QUIET_DBFS) {
      problems.add("silent");
    }
  }

  private static String text(String format, double number) {
    return String.format(Locale.ROOT, format, number);
  }
}
