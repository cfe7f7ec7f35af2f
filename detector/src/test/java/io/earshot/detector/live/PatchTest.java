package io.earshot.detector.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.models.feature.Segment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PatchTest {
  private static final Segment SEGMENT =
      new Segment("run", 7, 1_700_000_000_123_456L, 0.75, -20, null);

  @Test
  void eachBandIsAByteFromLowToHigh() {
    ByteBuffer value = ByteBuffer.allocate(96 * 64 * 4).order(ByteOrder.LITTLE_ENDIAN);
    float[] first = {-7, 5, -1, -100, 100, Float.NaN, Float.NEGATIVE_INFINITY};
    for (float one : first) {
      value.putFloat(one);
    }
    Patch patch = Patch.of("yard", SEGMENT, value.array());
    byte[] bands = Base64.getDecoder().decode(patch.bands());
    assertThat(bands).hasSize(96 * 64).startsWith(0, 255, 128, 0, 255, 0, 0);
    assertThat(patch.start()).isEqualTo("2023-11-14T22:13:20.123456Z");
    assertThat(patch.stream()).isEqualTo("yard");
    assertThat(patch.index()).isEqualTo(7);
    assertThat(patch.coverage()).isEqualTo(0.75);
    assertThat(patch.low()).isEqualTo(-7);
    assertThat(patch.high()).isEqualTo(5);
  }

  @Test
  void anotherSizeIsNoPatch() {
    assertThatThrownBy(() -> Patch.of("yard", SEGMENT, new byte[4]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Patch.of("yard", SEGMENT, null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
