package io.earshot.detector.clip;

import io.earshot.detector.event.Event;
import io.earshot.detector.event.EventId;
import io.earshot.detector.segment.RunReplay;
import io.earshot.producer.frame.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts an event's clip together from the frames around it.
 *
 * <p>Frames are put in order, and duplicates and strangers are told, by the rules of the segment
 * stage, so what is heard is what the network heard. Where runs of the stream overlap in capture
 * time (two producers, a clock that was set back) the event's own run holds, then the earlier one.
 * Frames that the detector took for late fill what gaps are left.
 *
 * <p>Pure.
 */
final class ClipAssembler {
  /** The most segments of 240 ms that a run may have had before its event for it to be known. */
  private static final int INDICES = 4 * 3600;

  private final Event event;
  private final RunReplay replay = new RunReplay();
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Frame> dropped = new ArrayList<>();

  private ClipAssembler(Event event) {
    this.event = event;
  }

  /**
   * The clip of an event.
   *
   * @param frames of its stream, in Kafka's order, from some seconds before the span on
   * @return null if there is no sound in the span
   */
  static Clip assemble(Event event, Span span, List<KeptFrame> frames) {
    ClipAssembler assembler = new ClipAssembler(event);
    frames.forEach(assembler::add);
    return assembler.lay(new Canvas(span));
  }

  private void add(KeptFrame kept) {
    Frame frame = kept.frame();
    RunReplay.Place place = replay.add(frame, kept.offset());
    if (place == null) {
      dropped.add(frame);
    } else if (pieces.isEmpty() || !pieces.get(pieces.size() - 1).add(place, frame)) {
      pieces.add(new Piece(place, frame));
    }
  }

  private Clip lay(Canvas canvas) {
    long onset = Span.onsetMillis(event);
    int own = ownRun(onset);
    pieces.stream().filter(piece -> piece.run() == own).forEach(p -> p.layOn(canvas, onset));
    pieces.forEach(piece -> piece.layOn(canvas, onset));
    dropped.forEach(canvas::fillGap);
    return canvas.clip();
  }

  /** Of the runs that were heard at the onset; the id tells which one it was. */
  private int ownRun(long onset) {
    int[] runs =
        pieces.stream()
            .filter(piece -> piece.covers(onset))
            .mapToInt(Piece::run)
            .distinct()
            .toArray();
    for (int run : runs) {
      if (runs.length > 1 && isOwn(run)) {
        return run;
      }
    }
    return runs.length == 0 ? -1 : runs[0];
  }

  private boolean isOwn(int run) {
    String name = replay.name(run);
    for (long index = 0; index < INDICES; index++) {
      String id = EventId.of(event.stream(), name, event.label(), index, event.model());
      if (id.equals(event.id())) {
        return true;
      }
    }
    return false;
  }
}
