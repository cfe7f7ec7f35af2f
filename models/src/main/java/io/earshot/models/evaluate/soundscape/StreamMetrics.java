package io.earshot.models.evaluate.soundscape;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What matters to those who are alerted by a stream: how much is found, how soon, and how often for
 * nothing.
 *
 * <pre>{@code
 * StreamMetrics metrics = new StreamMetrics(truth, heard, 0.5);
 * double anHour = metrics.falseAlarmsPerHour();
 * double seconds = metrics.delay(0.95);
 * }</pre>
 *
 * <p>A true event is found if a heard one of its label overlaps it. A heard event that overlaps no
 * true one of its label is a false alarm. The delay is the stream's time from a true onset until
 * the first heard event that overlaps it was opened, 0 if that was open before. The time that
 * computing takes is not in it.
 */
public final class StreamMetrics {
  private final List<MixedEvent> truth;
  private final List<HeardEvent> heard;
  private final double hours;

  /**
   * Compares.
   *
   * @param heard of the labels that count
   * @param hours of all soundscapes together
   */
  public StreamMetrics(List<MixedEvent> truth, List<HeardEvent> heard, double hours) {
    this.truth = List.copyOf(truth);
    this.heard = List.copyOf(heard);
    this.hours = hours;
  }

  /** How many of the true events there are, and how many of them were found. */
  public record Found(long events, long found) {
    /** NaN where there are none. */
    public double share() {
      return events == 0 ? Double.NaN : (double) found / events;
    }

    private Found plus(Found other) {
      return new Found(events + other.events, found + other.found);
    }
  }

  public Found found() {
    return bySnr().values().stream().reduce(new Found(0, 0), Found::plus);
  }

  /** The same for each signal-to-noise ratio, the lowest first. */
  public SortedMap<Double, Found> bySnr() {
    SortedMap<Double, Found> bySnr = new TreeMap<>();
    for (MixedEvent event : truth) {
      Found one = new Found(1, delay(event).isPresent() ? 1 : 0);
      bySnr.merge(event.snr(), one, Found::plus);
    }
    return bySnr;
  }

  public long falseAlarms() {
    return heard.stream().filter(it -> truth.stream().noneMatch(event -> isOf(it, event))).count();
  }

  public double falseAlarmsPerHour() {
    return falseAlarms() / hours;
  }

  /**
   * The delay in seconds that so many of the found events do not exceed; between two events it is
   * interpolated, as NumPy does. NaN if none was found.
   *
   * @param share 0.5 for the median
   */
  public double delay(double share) {
    double[] delays =
        truth.stream().map(this::delay).flatMapToDouble(OptionalDouble::stream).sorted().toArray();
    if (delays.length == 0) {
      return Double.NaN;
    }
    double at = share * (delays.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, delays.length - 1);
    return delays[below] + (at - below) * (delays[above] - delays[below]);
  }

  private OptionalDouble delay(MixedEvent event) {
    return heard.stream()
        .filter(it -> isOf(it, event))
        .mapToDouble(it -> Math.max(0, it.opened() - event.event().onset()))
        .min();
  }

  private static boolean isOf(HeardEvent heard, MixedEvent event) {
    return heard.event().label().equals(event.event().label())
        && heard.event().overlaps(event.event());
  }
}
