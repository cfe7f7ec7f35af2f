package io.earshot.producer.convert;

import io.earshot.producer.frame.Frame;

/**
 * Interleaved sound of any shape to what the detector hears: one channel at 16 kHz.
 *
 * <pre>
 * Conditioner conditioner = new Conditioner(new Conditioning(0, 6, 80), 48_000, 2);
 * float[] out = new float[conditioner.maxOutput(frames)];
 * int n = conditioner.condition(interleaved, frames, out);
 * conditioner.level().rmsDbfs();
 * </pre>
 *
 * <p>Channel or mean of channels, {@link Resampler}, gain, high-pass, in this order. Level is
 * measured at the end, clipping and offset in what comes in. One thread.
 */
public final class Conditioner {
  /** -40 dBFS: a mean beyond it is a fault of the source. */
  public static final double OFFSET_LIMIT = 0.01;

  private final int channel;
  private final int rate;
  private final int channels;
  private final float gain;
  private final HighPass highPass;
  private final ClippingMeter clipping;
  private final OffsetMeter offset;
  private final LevelMeter level = new LevelMeter();
  private Resampler resampler;
  private float[] mono = new float[0];

  /**
   * A conditioner for sound of that shape.
   *
   * @throws IllegalArgumentException if the sound has not the channel that is to be taken
   */
  public Conditioner(Conditioning settings, int rate, int channels) {
    if (settings.channel() >= channels) {
      throw new IllegalArgumentException(
          "channel %d of %d, allowed: 0 to %d"
              .formatted(settings.channel(), channels, channels - 1));
    }
    this.channel = settings.channel();
    this.rate = rate;
    this.channels = channels;
    this.gain = (float) Math.pow(10, settings.gainDecibels() / 20);
    this.highPass = settings.highPassHertz() == 0 ? null : new HighPass(settings.highPassHertz());
    this.clipping = new ClippingMeter(channels);
    this.offset = new OffsetMeter(rate);
    this.resampler = new Resampler(rate);
  }

  /** Room that the output of {@code frames} frames needs, or of {@link #finish} for 0. */
  public int maxOutput(int frames) {
    return resampler.maxOutput(frames);
  }

  /**
   * Conditions {@code frames * channels} samples, which may be overwritten afterwards. What is not
   * a number, or beyond {@link Frame#MAX_LEVEL}, counts as silence: a filter would not forget it.
   *
   * @return how many samples are in {@code out} now
   */
  public int condition(float[] interleaved, int frames, float[] out) {
    if (mono.length < frames) {
      mono = new float[frames];
    }
    check(interleaved, frames);
    if (channel < 0) {
      Downmix.toMono(interleaved, frames, channels, mono);
    } else {
      for (int frame = 0; frame < frames; frame++) {
        mono[frame] = interleaved[frame * channels + channel];
      }
    }
    offset.add(mono, frames);
    return finishing(out, resampler.resample(mono, frames, out));
  }

  /** What is left where the sound ends or has a gap; other sound may follow. */
  public int finish(float[] out) {
    int count = finishing(out, resampler.finish(out));
    resampler = new Resampler(rate);
    return count;
  }

  /** Of the last 100 ms that were whole. */
  public Level level() {
    return level.last();
  }

  /** How many samples came clipped, of the channel or channels that are heard. */
  public long clipped() {
    return clipping.clipped();
  }

  /** Mean of the last seconds as it came, full scale at 1; see {@link #OFFSET_LIMIT}. */
  public double offset() {
    return offset.mean();
  }

  private void check(float[] interleaved, int frames) {
    for (int i = 0; i < frames * channels; i++) {
      if (!(Math.abs(interleaved[i]) <= Frame.MAX_LEVEL)) {
        interleaved[i] = 0;
      }
      int of = i % channels;
      if (channel < 0 || channel == of) {
        clipping.add(interleaved[i], of);
      }
    }
  }

  private int finishing(float[] out, int count) {
    if (gain != 1) {
      for (int i = 0; i < count; i++) {
        out[i] *= gain;
      }
    }
    if (highPass != null) {
      highPass.filter(out, count);
    }
    level.add(out, count);
    return count;
  }
}
