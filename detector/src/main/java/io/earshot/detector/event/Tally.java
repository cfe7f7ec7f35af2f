package io.earshot.detector.event;

/**
 * Sums over segments.
 *
 * @param scoreSum over those that were scored; so is {@code coverageSum}
 * @param scored how many were
 * @param unscored how many were not
 */
record Tally(double scoreSum, double coverageSum, int scored, int unscored) {
  static final Tally NONE = new Tally(0, 0, 0, 0);

  Tally plus(double score, double coverage) {
    return new Tally(scoreSum + score, coverageSum + coverage, scored + 1, unscored);
  }

  Tally plusUnscored() {
    return new Tally(scoreSum, coverageSum, scored, unscored + 1);
  }

  Tally plus(Tally more) {
    return new Tally(
        scoreSum + more.scoreSum,
        coverageSum + more.coverageSum,
        scored + more.scored,
        unscored + more.unscored);
  }

  double meanScore() {
    return scoreSum / scored;
  }

  double meanCoverage() {
    return coverageSum / (scored + unscored);
  }
}
