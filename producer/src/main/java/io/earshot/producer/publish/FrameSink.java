package io.earshot.producer.publish;

import io.earshot.producer.frame.Frame;
import java.io.IOException;

/** Where frames go: {@link FramePublisher}, or a list in a test. */
public interface FrameSink extends AutoCloseable {
  /**
   * Takes the frame, perhaps before it has arrived anywhere.
   *
   * @throws IOException if it or an earlier one is lost
   */
  void publish(Frame frame) throws IOException;

  /** Waits until all frames so far have arrived. */
  default void flush() throws IOException {}

  @Override
  default void close() throws IOException {}
}
