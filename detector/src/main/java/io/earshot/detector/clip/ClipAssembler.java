package io.earshot.detector.clip;

import io.earshot.detector.event.Event;
import io.earshot.detector.segment.RunReplay;
import io.earshot.producer.frame.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts an event's clip together from the frames around it.
 *
 * <p>Frames are put in order, and duplicates and strangers are told, by the rules of the segment
 * stage, so what is heard is what the network heard. Where runs of the stream overlap in capture
 * time (two producers, a clock that was set back) the event's own run holds, then the earlier one;
 * one that surely is not its own is not taken for it. Frames that the detector took for late fill
 * what gaps are left.
 *
 * <p>Pure.
 */
final class ClipAssembler {
  private static final int NONE = -1;

  private final Span span;
  private final long onset;
  private final EventRuns runs;
  private final RunReplay replay = new RunReplay();
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Frame> dropped = new ArrayList<>();

  ClipAssembler(Event event, Span span) {
    this.span = span;
    onset = Span.onsetMillis(event);
    runs = new EventRuns(event);
  }

  /**
   * Takes the stream's next frame.
   *
   * @param kept in Kafka's order; it may be from hours before the span, and is not kept then
   */
  void add(KeptFrame kept) {
    Frame frame = kept.frame();
    RunReplay.Place place = replay.add(frame, kept.offset());
    if (place != null) {
      runs.add(place.run(), replay.name(place.run()), kept);
    }
    if (!span.isNear(frame) || frame.samples() == 0) {
      return;
    }
    if (place == null) {
      dropped.add(frame);
    } else if (pieces.isEmpty() || !pieces.get(pieces.size() - 1).add(place, frame)) {
      pieces.add(new Piece(place, frame));
    }
  }

  /** Forgets what was heard at the onset, if the event was heard in none of it. */
  boolean dropStrangers() {
    List<Piece> heard = heardAtOnset();
    boolean strange = !heard.isEmpty() && heard.stream().allMatch(this::isStrange);
    if (strange) {
      List<Integer> strangers = heard.stream().map(Piece::run).toList();
      pieces.removeIf(piece -> strangers.contains(piece.run()));
      dropped.clear();
    }
    return strange;
  }

  /** The clip; null if there is no sound of it. */
  Clip clip() {
    dropStrangers();
    Canvas canvas = new Canvas(span);
    int own = ownRun();
    pieces.stream().filter(piece -> piece.run() == own).forEach(p -> p.layOn(canvas, onset));
    pieces.forEach(piece -> piece.layOn(canvas, onset));
    dropped.forEach(canvas::fillGap);
    return canvas.clip();
  }

  /** Of the runs that were heard at the onset; the id tells which one it was. */
  private int ownRun() {
    List<Piece> heard = heardAtOnset();
    if (heard.isEmpty()) {
      return NONE;
    }
    return heard.stream()
        .filter(piece -> runs.isOwn(piece.run()))
        .findFirst()
        .or(() -> heard.stream().filter(piece -> !isStrange(piece)).findFirst())
        .map(Piece::run)
        .orElse(NONE);
  }

  private List<Piece> heardAtOnset() {
    return pieces.stream().filter(piece -> piece.covers(onset)).toList();
  }

  private boolean isStrange(Piece piece) {
    return runs.isStrange(piece.run(), piece.positionAt(onset));
  }
}
