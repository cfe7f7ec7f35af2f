package io.earshot.detector.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class LevelsTest {
  private final Levels levels = new Levels();

  /** Half of full scale is 6.02 dB below it; a sine's mean is 3.01 dB below its peak. */
  @Test
  void levelsAreThoseOfTheSamplesSinceTheyWereLastTaken() {
    levels.add(frame("square", i -> i % 2 == 0 ? 16_384 : -16_384));
    levels.add(frame("sine", i -> (int) Math.round(16_384 * Math.sin(Math.PI * i / 8))));
    levels.add(frame("mute", i -> 0));
    assertThat(levels.take())
        .containsEntry("square", new double[] {-6, -6})
        .containsEntry("sine", new double[] {-9, -6})
        .containsEntry("mute", new double[] {-120, -120})
        .hasSize(3);
    levels.add(frame("sine", i -> i == 0 ? -32_768 : 0));
    // 1 of 1600 samples: 10 log10 1600 = 32.04 dB below its peak.
    assertThat(levels.take()).containsOnlyKeys("sine").containsEntry("sine", new double[] {-32, 0});
    assertThat(levels.take()).isEmpty();
  }

  @Test
  void severalFramesAreOneStretch() {
    levels.add(frame("yard", i -> 16_384));
    levels.add(frame("yard", i -> 0));
    assertThat(levels.take()).containsEntry("yard", new double[] {-9, -6});
  }

  @Test
  void inventedStreamsTakeNoMoreRoomThanSomeThousand() {
    for (int i = 0; i < 6_000; i++) {
      levels.add(frame("s" + i, s -> 1));
    }
    assertThat(levels.take()).hasSize(5_000);
  }

  private interface Samples {
    int at(int i);
  }

  private static Frame frame(String stream, Samples samples) {
    ByteBuffer pcm = ByteBuffer.allocate(3_200).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 1_600; i++) {
      pcm.putShort((short) samples.at(i));
    }
    return new Frame(stream, "", -1, 0, Encoding.S16LE, pcm.array(), false);
  }
}
