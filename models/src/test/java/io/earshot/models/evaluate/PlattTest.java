package io.earshot.models.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlattTest {
  @Test
  void findsTheLineThatMadeTheOutcomes() {
    SplittableRandom random = new SplittableRandom(1);
    List<Double> logits = new ArrayList<>();
    List<Boolean> positives = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      double logit = random.nextGaussian() * 3;
      logits.add(logit);
      positives.add(random.nextDouble() < 1 / (1 + Math.exp(-(0.5 * logit - 1))));
    }
    Platt line = Platt.fit(logits, positives);
    assertThat(line.scale()).isCloseTo(0.5, within(0.03));
    assertThat(line.shift()).isCloseTo(-1, within(0.06));
  }

  @Test
  void aClassToldApartWithoutErrorIsNotCertain() {
    List<Double> logits = List.of(-8.0, -7.0, -9.0, 7.0, 8.0, 9.0);
    Platt line = Platt.fit(logits, List.of(false, false, false, true, true, true));
    // Smoothed targets: 4 of 5 at best.
    double surest = Platt.sigmoid(line.scale() * 8 + line.shift());
    assertThat(surest).isBetween(0.7, 0.9);
  }
}
