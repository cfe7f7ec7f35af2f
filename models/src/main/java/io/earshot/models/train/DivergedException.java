package io.earshot.models.train;

import java.util.Locale;

/** A training whose loss has suddenly left the ground: what follows would be worth nothing. */
final class DivergedException extends Exception {
  DivergedException(int step, double loss, double usual) {
    super(
        String.format(
            Locale.ROOT, "the loss was %.3g at step %d, where %.3g is usual", loss, step, usual));
  }
}
