package io.earshot.detector.app;

import io.earshot.detector.event.Event;
import io.earshot.models.evaluate.sed.EventBasedMetrics;
import io.earshot.models.evaluate.sed.EventList;
import io.earshot.models.evaluate.sed.EventListPair;
import io.earshot.models.evaluate.sed.Metrics;
import io.earshot.models.evaluate.sed.SegmentBasedMetrics;
import io.earshot.models.evaluate.soundscape.HeardEvent;
import io.earshot.models.evaluate.soundscape.MixedEvent;
import io.earshot.models.evaluate.soundscape.SoundscapeSettings;
import io.earshot.models.evaluate.soundscape.StreamMetrics;
import java.util.List;
import java.util.Set;

/**
 * What scenes told of a model. Only events of the data's labels count: whether another one is right
 * nobody knows.
 *
 * @param labels of the data, as the model names them
 * @param heard of any label
 */
record SceneReport(
    Event.Model model,
    Setup setup,
    Set<String> labels,
    List<MixedEvent> truth,
    List<HeardEvent> heard) {
  static final List<Double> COLLARS = List.of(0.5, 1.0);
  static final double OFFSET_SHARE = 0.5;
  static final double SEGMENT = 1;

  /**
   * @param background as the report names it
   */
  record Setup(int scenes, SoundscapeSettings settings, String background) {
    double hours() {
      return scenes * settings.seconds() / 3600;
    }
  }

  EventListPair pair() {
    return new EventListPair(
        new EventList(truth.stream().map(MixedEvent::event).toList()),
        new EventList(counted().stream().map(HeardEvent::event).toList()));
  }

  /** How many events of other labels were heard. */
  int uncounted() {
    return heard.size() - counted().size();
  }

  Metrics onsetAndOffset(double collar) {
    return EventBasedMetrics.onsetAndOffset(collar, OFFSET_SHARE).measure(pair());
  }

  Metrics onsetOnly(double collar) {
    return EventBasedMetrics.onsetOnly(collar).measure(pair());
  }

  Metrics segments() {
    return new SegmentBasedMetrics(SEGMENT).measure(pair());
  }

  StreamMetrics stream() {
    return new StreamMetrics(truth, counted(), setup.hours());
  }

  private List<HeardEvent> counted() {
    return heard.stream().filter(it -> labels.contains(it.event().label())).toList();
  }
}
