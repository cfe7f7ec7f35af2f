package io.earshot.producer.net;

import io.earshot.producer.clock.Moment;
import io.earshot.producer.convert.SampleFormat;
import io.earshot.producer.live.SoundLine;
import java.io.IOException;

/** Bytes of one format to floats for a line. */
final class SoundFeed {
  private final SoundLine line;
  private final SampleFormat format;
  private final int channels;
  private float[] samples = new float[0];

  SoundFeed(SoundLine line, SampleFormat format, int channels) {
    this.line = line;
    this.format = format;
    this.channels = channels;
  }

  void add(long position, byte[] bytes, int from, int frames, Moment arrival) throws IOException {
    int count = frames * channels;
    if (samples.length < count) {
      samples = new float[count];
    }
    format.decode(bytes, from, samples, 0, count);
    line.arrived(position + frames, arrival);
    line.add(position, samples, frames);
  }
}
