package io.earshot.models.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.models.importer.Convolution.Span;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionTest {

  /** Worked out by hand from TensorFlow's "Notes on padding". */
  @ParameterizedTest
  @CsvSource({
    "96, 3, 2, true, 48, 0, 1",
    "32, 3, 1, true, 32, 1, 1",
    "3, 3, 2, true, 2, 1, 1",
    "2, 3, 1, true, 2, 1, 1",
    "5, 1, 2, true, 3, 0, 0",
    "10, 4, 3, true, 4, 1, 2",
    "10, 4, 3, false, 3, 0, 0",
  })
  void samePaddingPutsTheOddZeroAfter(
      int in, int kernel, int stride, boolean same, int out, int before, int after) {
    assertThat(Span.of(in, kernel, stride, same)).isEqualTo(new Span(out, before, after));
  }

  @Test
  void aTranspositionReordersTheAxes() {
    // numpy.arange(6).reshape(1, 2, 3).transpose(2, 0, 1).ravel()
    assertThat(Transposition.of(new float[] {0, 1, 2, 3, 4, 5}, List.of(1, 2, 3), 2, 0, 1))
        .containsExactly(0, 3, 1, 4, 2, 5);
  }
}
