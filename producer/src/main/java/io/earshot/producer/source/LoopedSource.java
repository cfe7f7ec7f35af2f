package io.earshot.producer.source;

import java.io.IOException;
import java.time.Instant;

/**
 * A source that begins again when it is over: one stream without end.
 *
 * <pre>
 * Instant start = Instant.now();
 * AudioSource source = LoopedSource.open(() -&gt; FileSource.open(path, start));
 * </pre>
 *
 * <p>One without any sound is over at once.
 */
public final class LoopedSource implements AudioSource {
  /** Opens the source; each time it gives the same sound. */
  public interface Opener {
    AudioSource open() throws IOException;
  }

  private final Opener opener;
  private final AudioShape shape;
  private volatile AudioSource turn;
  private volatile boolean stopped;
  private boolean heard;

  private LoopedSource(Opener opener, AudioSource first) {
    this.opener = opener;
    this.turn = first;
    this.shape = first.shape();
  }

  /**
   * Opens its first turn.
   *
   * @throws IOException as the opener does
   */
  public static LoopedSource open(Opener opener) throws IOException {
    return new LoopedSource(opener, opener.open());
  }

  @Override
  public int read(float[] interleaved) throws IOException {
    int samples = turn.read(interleaved);
    if (samples < 0 && heard && !stopped) {
      begin();
      samples = turn.read(interleaved);
    }
    heard = samples > 0;
    return samples;
  }

  @Override
  public AudioShape shape() {
    return shape;
  }

  @Override
  public Instant start() {
    return turn.start();
  }

  @Override
  public long totalFrames() {
    return -1;
  }

  @Override
  public String name() {
    return turn.name();
  }

  @Override
  public void stop() {
    stopped = true;
    turn.stop();
  }

  @Override
  public void close() throws IOException {
    turn.close();
  }

  private void begin() throws IOException {
    turn.close();
    turn = opener.open();
    if (stopped) {
      // The one that was asked to stop is closed.
      turn.stop();
    }
    if (!turn.shape().equals(shape)) {
      throw new AudioException("%s: was %s; is %s now".formatted(turn.name(), shape, turn.shape()));
    }
  }
}
