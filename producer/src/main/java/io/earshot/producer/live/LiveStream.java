package io.earshot.producer.live;

import java.util.Map;

/** A stream that runs. Any thread may ask; all it does happens elsewhere. */
public interface LiveStream extends AutoCloseable {
  /** What a stream is about. */
  enum State {
    /** It looks for the other side. */
    CONNECTING,
    /** It is ready, and nobody sends. */
    WAITING,
    /** Sound comes. */
    RUNNING,
    /** It will not go on by itself. */
    FAILED,
    CLOSED
  }

  /**
   * A stream at one time.
   *
   * @param problem the last, one line for people; empty if there was none
   * @param format of the sound that comes or came last; empty before
   * @param counts of the sound
   * @param connections how often a sender or a server was found
   * @param refused packets or connections, by reason
   */
  record Status(
      State state,
      String problem,
      String format,
      SoundLine.Counts counts,
      long connections,
      Map<String, Long> refused) {}

  /** The stream's id. */
  String name();

  /** Its URL, without secrets. */
  String source();

  Status status();

  /** Ends the stream; its end is published soon after. A second call does nothing. */
  @Override
  void close();
}
