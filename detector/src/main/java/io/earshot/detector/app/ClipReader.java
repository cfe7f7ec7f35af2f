package io.earshot.detector.app;

import io.earshot.producer.app.StreamPump;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.source.AudioSource;
import io.earshot.producer.source.FileSource;
import io.earshot.producer.stream.Pace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole sound file as the detector would get it: through the producer's own decoding, resampling
 * and 16-bit frames, so that a network learns from the very samples that it will hear.
 */
final class ClipReader {
  private ClipReader() {}

  /**
   * 16 kHz mono.
   *
   * @throws IOException one line that names the file
   */
  static float[] read(Path file) throws IOException {
    try {
      return samples(frames(file));
    } catch (OutOfMemoryError | ArithmeticException e) {
      throw new IOException(
          file + ": too long for Java's memory; cut it, or give more: EARSHOT_JAVA_OPTS=-Xmx8g", e);
    }
  }

  private static List<Frame> frames(Path file) throws IOException {
    List<Frame> frames = new ArrayList<>();
    try (AudioSource source = FileSource.open(file, Instant.EPOCH)) {
      new StreamPump("clip", "clip", source, frames::add, Pace.FAST, read -> {}).run();
    }
    return frames;
  }

  private static float[] samples(List<Frame> frames) {
    float[] samples = new float[Math.toIntExact(frames.stream().mapToLong(Frame::samples).sum())];
    int at = 0;
    for (Frame frame : frames) {
      frame.decode(samples, at);
      at += frame.samples();
    }
    return samples;
  }
}
