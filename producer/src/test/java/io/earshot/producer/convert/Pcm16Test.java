package io.earshot.producer.convert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Pcm16Test {
  @Test
  void roundsToTheNearestAndClipsWhatIsBeyondFullScale() {
    float step = 1 / 32768f;
    float[] in = {0, 1.4f * step, 1.6f * step, -1.6f * step, -1, 1 - step, 1, -1.1f, 9, Float.NaN};
    short[] expected = {0, 1, 2, -2, -32768, 32767, 32767, -32768, 32767, 0};
    Pcm16 pcm = new Pcm16();
    byte[] out = new byte[2 * in.length + 1];
    pcm.encode(in, 0, in.length, out, 1);
    for (int i = 0; i < in.length; i++) {
      assertThat((short) ((out[2 * i + 1] & 0xff) | (out[2 * i + 2] << 8)))
          .as("sample " + i)
          .isEqualTo(expected[i]);
    }
    assertThat(pcm.clipped()).isEqualTo(3);
  }

  @Test
  void everySixteenBitSampleSurvivesThereAndBack() {
    byte[] in = new byte[2 * 65536];
    for (int i = 0; i < 65536; i++) {
      in[2 * i] = (byte) i;
      in[2 * i + 1] = (byte) (i >> 8);
    }
    float[] samples = new float[65536];
    SampleFormat.S16LE.decode(in, 0, samples, 0, samples.length);
    byte[] out = new byte[in.length];
    Pcm16 pcm = new Pcm16();
    pcm.encode(samples, 0, samples.length, out, 0);
    assertThat(out).isEqualTo(in);
    assertThat(pcm.clipped()).isZero();
  }

  @Test
  void theDownmixIsTheMean() {
    float[] sound = {1, 0, -1, 0.5f, 0.5f, 0.5f};
    Downmix.toMono(sound, 2, 3, sound);
    assertThat(sound).startsWith(0, 0.5f);
  }
}
