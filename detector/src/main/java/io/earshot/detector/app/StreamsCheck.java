package io.earshot.detector.app;

import io.earshot.producer.app.Streams;
import io.earshot.producer.live.LiveStream;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.live.LiveStream.Status;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tries each stream for some seconds, without Kafka, and tells in a table what came. */
final class StreamsCheck {
  private static final double QUIET_DBFS = -80;
  private static final double LARGE_OFFSET = 0.01;

  private final long millis;

  /**
   * A check that has yet to run.
   *
   * @param millis how long to listen
   */
  StreamsCheck(long millis) {
    this.millis = millis;
  }

  /**
   * Runs it.
   *
   * @return the exit status: 1 if a stream brought no sound though nobody else has to send it
   */
  int run(ConfiguredStreams configured, PrintWriter out) throws Exception {
    List<LiveStream> all;
    try (Interrupt interrupt = Interrupt.open();
        Streams streams = configured.start(frame -> {}, name -> false)) {
      all = streams.all();
      interrupt.await(millis);
      print(all, out);
    }
    return all.stream().map(LiveStream::status).allMatch(StreamsCheck::isFine)
        ? 0
        : UserException.FAILED;
  }

  private static void print(List<LiveStream> streams, PrintWriter out) {
    TextTable table = TextTable.ofTexts("stream", "source", "format", "level", "drift", "problems");
    for (LiveStream stream : streams) {
      Status status = stream.status();
      boolean sound = status.counts().frames() > 0;
      table.row(
          stream.name(),
          stream.source(),
          status.format().isEmpty() ? "-" : status.format(),
          sound ? text("%.1f dBFS", status.counts().level().rmsDbfs()) : "-",
          sound ? text("%+.0f ppm", status.counts().driftPpm()) : "-",
          problems(status));
    }
    table.lines().forEach(out::println);
    out.flush();
  }

  private static boolean isFine(Status status) {
    boolean waits = status.state() == State.WAITING && status.problem().isEmpty();
    return waits || (status.counts().frames() > 0 && status.state() != State.FAILED);
  }

  private static String problems(Status status) {
    List<String> problems = new ArrayList<>();
    if (!status.problem().isEmpty()) {
      problems.add(status.problem());
    }
    if (status.counts().frames() == 0) {
      problems.add(status.state() == State.WAITING ? "nobody has sent anything" : "no sound");
    } else {
      addOfSound(status, problems);
    }
    status.refused().forEach((reason, count) -> problems.add(count + " refused: " + reason));
    return problems.isEmpty() ? "none" : String.join("; ", problems);
  }

  private static void addOfSound(Status status, List<String> problems) {
    var counts = status.counts();
    if (counts.gaps() > 0) {
      problems.add("%d gaps, %d ms missing".formatted(counts.gaps(), counts.missingMillis()));
    }
    if (counts.clipped() > 0) {
      problems.add(counts.clipped() + " samples clipped");
    }
    if (Math.abs(counts.offset()) > LARGE_OFFSET) {
      problems.add(text("DC offset %.3f", counts.offset()));
    }
    if (counts.level().peakDbfs() < QUIET_DBFS) {
      problems.add("silent");
    }
  }

  private static String text(String format, double number) {
    return String.format(Locale.ROOT, format, number);
  }
}
