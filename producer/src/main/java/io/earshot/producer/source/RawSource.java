package io.earshot.producer.source;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * Headerless PCM from a stream of bytes, such as standard input.
 *
 * <pre>
 * AudioShape shape = new AudioShape(16_000, 1);
 * AudioSource source = new RawSource(System.in, shape, RawEncoding.S16LE, Instant.now(), "stdin");
 * int samples = source.read(block);
 * </pre>
 *
 * <p>A last frame that is not whole is dropped. {@link #stop} ends a read that waits for bytes.
 */
public final class RawSource implements AudioSource {
  private final StoppableInput in;
  private final AudioShape shape;
  private final PcmReader reader;
  private final Instant start;
  private final String name;
  private volatile boolean stopped;

  public RawSource(
      InputStream in, AudioShape shape, RawEncoding encoding, Instant start, String name) {
    this.in = new StoppableInput(in, name);
    this.shape = shape;
    this.reader = new PcmReader(this.in, encoding.format(), shape.channels());
    this.start = start;
    this.name = name;
  }

  @Override
  public int read(float[] interleaved) throws IOException {
    if (stopped) {
      return -1;
    }
    try {
      return reader.read(interleaved);
    } catch (IOException e) {
      throw new AudioException(name + ": " + e.getMessage(), e);
    }
  }

  @Override
  public AudioShape shape() {
    return shape;
  }

  @Override
  public Instant start() {
    return start;
  }

  @Override
  public long totalFrames() {
    return -1;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void stop() {
    stopped = true;
    in.stop();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
