package io.earshot.models.evaluate.sed;

/**
 * One labelled stretch of a recording.
 *
 * <pre>{@code
 * SoundEvent bark = new SoundEvent("yard.wav", 2.5, 3.1, "dog_bark");
 * double seconds = bark.length();
 * boolean heardMeanwhile = bark.overlaps(other);
 * }</pre>
 *
 * @param file the recording; empty in lists of one recording that do not name it
 * @param onset seconds from the recording's beginning, 0 or more
 * @param offset likewise, at or after the onset
 * @param label empty in lists without labels
 */
public record SoundEvent(String file, double onset, double offset, String label) {
  public SoundEvent {
    if (!(onset >= 0 && offset >= onset && Double.isFinite(offset))) {
      throw new IllegalArgumentException(
          "an event from " + onset + " to " + offset + " s; 0 <= onset <= offset is needed");
    }
  }

  /** Seconds. */
  public double length() {
    return offset - onset;
  }

  /** Whether both are of one recording and share some time; what only touches does not. */
  public boolean overlaps(SoundEvent other) {
    return file.equals(other.file) && onset < other.offset && other.onset < offset;
  }
}
