package io.earshot.producer.net;

import io.earshot.producer.convert.SampleFormat;
import io.earshot.producer.source.AudioShape;
import java.util.Locale;

/** Formats as people read them. */
final class Formats {
  private Formats() {}

  /** {@code s16le, 16000 Hz, 1 channel}. */
  static String text(AudioShape shape, SampleFormat encoding) {
    return "%s, %d Hz, %d channel%s"
        .formatted(
            encoding.name().toLowerCase(Locale.ROOT),
            shape.rate(),
            shape.channels(),
            shape.channels() == 1 ? "" : "s");
  }
}
