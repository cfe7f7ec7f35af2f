package io.earshot.producer.app;

import io.earshot.producer.convert.Downmix;
import io.earshot.producer.convert.Resampler;
import io.earshot.producer.frame.StreamId;
import io.earshot.producer.publish.FrameSink;
import io.earshot.producer.source.AudioSource;
import io.earshot.producer.stream.Pace;
import java.io.IOException;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One source's sound, as frames, into a sink.
 *
 * <pre>
 * StreamPump pump = new StreamPump("door", Sessions.next(), source, publisher, Pace.FAST, n -&gt; {});
 * long samples = pump.run(); // until the source ends, or another thread calls pump.stop()
 * publisher.flush();
 * </pre>
 *
 * <p>Frames are mono, 16 kHz, 100 ms long; a frame shorter than that, or empty, ends the stream.
 * Source and sink stay open: they belong to the caller.
 */
public final class StreamPump {
  private static final Logger log = LoggerFactory.getLogger(StreamPump.class);

  private final String stream;
  private final AudioSource source;
  private final FrameSink sink;
  private final LongConsumer progress;
  private final Pacer pacer;
  private final FrameCutter cutter;
  private final Resampler resampler;
  private long published;

  /**
   * A pump that has yet to run.
   *
   * @param progress takes the number of source frames read so far, after each read
   */
  public StreamPump(
      String stream,
      String session,
      AudioSource source,
      FrameSink sink,
      Pace pace,
      LongConsumer progress) {
    this.stream = StreamId.check(stream);
    this.source = source;
    this.sink = sink;
    this.progress = progress;
    this.pacer = new Pacer(pace);
    this.cutter = new FrameCutter(stream, session, source.start());
    this.resampler = new Resampler(source.shape().rate());
  }

  /**
   * Pumps in the caller's thread, once.
   *
   * @return samples published, at 16 kHz
   * @throws IOException if the source fails, after what it gave is published with its end; or if
   *     the sink fails
   */
  public long run() throws IOException {
    pacer.start();
    IOException failure = pump();
    publish(true);
    if (cutter.clipped() > 0) {
      log.debug("{}: {} samples were beyond full scale and clipped", stream, cutter.clipped());
    }
    if (failure != null) {
      throw failure;
    }
    return published;
  }

  /** Ends {@link #run} soon, with an end frame as usual. Any thread. */
  public void stop() {
    pacer.stop();
    source.stop();
  }

  /** Null, or why the source broke off. */
  private IOException pump() throws IOException {
    int channels = source.shape().channels();
    float[] block = new float[Math.max(1, source.shape().rate() / 20) * channels];
    float[] out = new float[resampler.maxOutput(block.length / channels)];
    IOException failure = null;
    long framesRead = 0;
    while (!pacer.isStopped()) {
      int samples;
      try {
        samples = source.read(block);
      } catch (IOException e) {
        failure = e;
        break;
      }
      if (samples < 0) {
        break;
      }
      int frames = samples / channels;
      Downmix.toMono(block, frames, channels, block);
      cut(out, resampler.resample(block, frames, out));
      framesRead += frames;
      progress.accept(framesRead);
    }
    cut(out, resampler.finish(out));
    return failure;
  }

  private void cut(float[] samples, int count) throws IOException {
    for (int at = 0; at < count && !pacer.isStopped(); ) {
      at += cutter.fill(samples, at, count - at);
      if (cutter.isFull()) {
        publish(false);
      }
    }
  }

  private void publish(boolean end) throws IOException {
    pacer.await(cutter.endMicros());
    var frame = cutter.cut(end);
    sink.publish(frame);
    published += frame.samples();
  }
}
