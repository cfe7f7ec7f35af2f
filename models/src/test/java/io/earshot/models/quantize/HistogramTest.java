package io.earshot.models.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {
  private static Histogram of(float... values) {
    Histogram histogram = new Histogram();
    histogram.add(FloatBuffer.wrap(values));
    return histogram;
  }

  private static long sum(Histogram histogram) {
    return IntStream.range(-Histogram.HALF, Histogram.HALF).mapToLong(histogram::count).sum();
  }

  @Test
  void zerosAreLeftOut() {
    Histogram histogram = of(0, 0, 3, -0f, 0);
    assertThat(histogram.total()).isEqualTo(1);
    assertThat(histogram.min()).isZero();
    assertThat(histogram.max()).isEqualTo(3);
  }

  @Test
  void noValueIsLostWhenBinsGrow() {
    Histogram histogram = of(1e-9f, -1e-9f, 0.5f, -7, 1000, -1e6f);
    assertThat(sum(histogram)).isEqualTo(6);
    assertThat(histogram.total()).isEqualTo(6);
    assertThat(histogram.min()).isEqualTo(-1e6f);
    assertThat(histogram.max()).isEqualTo(1000);
  }

  /** 8 is the first value beyond 2048 bins of 1/256, so bins are 1/128 wide; 8 is in bin 1024. */
  @Test
  void binsAreAsWideAsAPowerOfTwoAndNoWiderThanNeeded() {
    Histogram histogram = of(8, 0.01f, -0.01f);
    assertThat(histogram.width()).isEqualTo(1 / 128.0);
    assertThat(histogram.count(1024)).isEqualTo(1);
    assertThat(histogram.count(1)).isEqualTo(1);
    assertThat(histogram.count(-2)).isEqualTo(1);
  }

  @Test
  void theOrderOfValuesDoesNotMatter() {
    Histogram up = of(0.001f, 0.3f, 2, 90);
    Histogram down = of(90, 2, 0.3f, 0.001f);
    assertThat(IntStream.range(0, Histogram.HALF).mapToLong(up::count))
        .containsExactly(
            IntStream.range(0, Histogram.HALF).mapToLong(down::count).boxed().toArray(Long[]::new));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void whatIsNoNumberIsRefused(float value) {
    assertThatThrownBy(() -> of(1, value))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("computes " + value);
  }
}
