package io.earshot.producer.net;

import io.earshot.producer.frame.Frame;
import io.earshot.producer.publish.FrameSink;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes a frame in 2 ms: slower than a network brings them. */
final class SlowSink implements FrameSink {
  private final List<Frame> frames = new CopyOnWriteArrayList<>();

  @Override
  public void publish(Frame frame) throws IOException {
    try {
      Thread.sleep(2);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    frames.add(frame);
  }

  boolean hasEnded() {
    return !frames.isEmpty() && frames.get(frames.size() - 1).end();
  }

  int samples() {
    return frames.stream().mapToInt(Frame::samples).sum();
  }
}
