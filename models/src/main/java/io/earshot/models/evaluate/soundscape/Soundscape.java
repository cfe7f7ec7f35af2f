package io.earshot.models.evaluate.soundscape;

import java.util.List;

/**
 * A mixed recording and the truth about it.
 *
 * <pre>{@code
 * Soundscape first = generator.soundscape(0);
 * float[] samples = first.samples();
 * List<MixedEvent> truth = first.events();
 * }</pre>
 */
public final class Soundscape {
  private final String file;
  private final float[] samples;
  private final List<MixedEvent> events;

  Soundscape(String file, float[] samples, List<MixedEvent> events) {
    this.file = file;
    this.samples = samples;
    this.events = List.copyOf(events);
  }

  /** As the events name it: {@code scene-001.wav}. */
  public String file() {
    return file;
  }

  /** 16 kHz mono in [-1, 1]; the caller must not change them. */
  public float[] samples() {
    return samples;
  }

  /** By onset. */
  public List<MixedEvent> events() {
    return events;
  }
}
