package io.earshot.producer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.frame.Frame;
import java.util.List;

/** The sound of frames. */
public final class Frames {
  private Frames() {}

  /** Of all that are of that session, joined. */
  public static float[] samples(List<Frame> frames, String session) {
    List<Frame> its = frames.stream().filter(frame -> frame.session().equals(session)).toList();
    assertThat(its).as("session %s", session).isNotEmpty();
    float[] sound = new float[its.stream().mapToInt(Frame::samples).sum()];
    int at = 0;
    for (Frame frame : its) {
      frame.decode(sound, at);
      at += frame.samples();
    }
    return sound;
  }

  /** In the order in which they began. */
  public static List<String> sessions(List<Frame> frames) {
    return frames.stream().map(Frame::session).distinct().toList();
  }
}
