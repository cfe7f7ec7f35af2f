package io.earshot.detector.app;

import io.earshot.producer.app.Streams;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Tries each stream for some seconds, without Kafka, and tells in a table what came. */
final class StreamsCheck {
  private static final long LOOK_MILLIS = 100;

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
    List<CheckedStream> checked;
    try (Interrupt interrupt = Interrupt.open();
        Streams streams = configured.start(frame -> {}, name -> false)) {
      checked = streams.all().stream().map(CheckedStream::new).toList();
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      boolean over = false;
      while (!over) {
        over = interrupt.await(LOOK_MILLIS) || System.nanoTime() - end >= 0;
        double seconds = System.nanoTime() / 1e9;
        checked.forEach(stream -> stream.look(seconds));
      }
    }
    TextTable table = TextTable.ofTexts("stream", "source", "format", "level", "drift", "problems");
    checked.forEach(stream -> table.row(stream.row()));
    table.lines().forEach(out::println);
    return checked.stream().allMatch(CheckedStream::isFine) ? 0 : UserException.FAILED;
  }
}
