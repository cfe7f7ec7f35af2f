package io.earshot.models.evaluate;

/**
 * What was measured of one class. NaN where a measure is undefined: all but the false alarms
 * without a clip of the class, the precision where no clip was raised, the false alarms where every
 * clip is of the class.
 *
 * @param threshold the score from which on a segment raises the class
 * @param clips how many have the label
 * @param precision share of the raised clips that have the label
 * @param recall share of the clips with the label that were raised
 * @param f1 harmonic mean of the two
 * @param averagePrecision area under the precision-recall curve, whatever the threshold
 * @param falseAlarmsPerHour runs of segments at or above the threshold in an hour of clips without
 *     the label
 */
public record ClassMeasures(
    String label,
    float threshold,
    int clips,
    double precision,
    double recall,
    double f1,
    double averagePrecision,
    double falseAlarmsPerHour) {

  static ClassMeasures of(LabelScores scores, float threshold) {
    int hits = scores.raised(threshold, true);
    int others = scores.raised(threshold, false);
    return new ClassMeasures(
        scores.label(),
        threshold,
        scores.count(true),
        hits + others == 0 || scores.count(true) == 0
            ? Double.NaN
            : hits / (double) (hits + others),
        scores.count(true) == 0 ? Double.NaN : hits / (double) scores.count(true),
        scores.f1(threshold),
        scores.averagePrecision(),
        scores.falseAlarmsPerHour(threshold));
  }
}
