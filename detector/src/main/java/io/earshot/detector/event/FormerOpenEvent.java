package io.earshot.detector.event;

import io.earshot.detector.event.OnsetRefiner.Boundary;
import io.earshot.models.feature.Segment;
import java.util.List;

/** An open event in a state that was written before labels had rules: it is closed as it was. */
record FormerOpenEvent(
    String id,
    String label,
    double threshold,
    long onsetMicros,
    long endMicros,
    double peak,
    double published,
    double scoreSum,
    double coverageSum,
    int segments,
    int unscored,
    int pending,
    double levelDbfs,
    List<Event.Score> top) {
  LabelMemory remembered() {
    Boundary onset = new Boundary(onsetMicros, Segment.MILLIS, false);
    Track track =
        new Track(
            Track.Phase.OPEN,
            null,
            new Track.Begin(id, null, onsetMicros, onset, terms()),
            new Track.Peak(peak, top, null),
            published,
            levelDbfs,
            endMicros,
            new Tally(scoreSum, coverageSum, segments, unscored),
            pending == 0 ? null : pause(),
            ScoreTrail.EMPTY);
    return LabelMemory.of(label, track);
  }

  private Terms terms() {
    return Terms.of(null, new EventRules.Rule(label, (float) threshold));
  }

  private Track.Pause pause() {
    Boundary offset = new Boundary(endMicros, Segment.MILLIS, false);
    return new Track.Pause(endMicros, offset, false, pending, new Tally(0, 0, 0, pending));
  }
}
