package io.earshot.producer.net;

import io.earshot.producer.convert.SampleFormat;
import io.earshot.producer.source.AudioShape;
import java.util.Locale;

/** Formats as people read them. */
final class Formats {
  private Formats() {}

  /** {@code s16le, 16000 Hz, 1 channel}. */
  static String text(AudioShape shape, SampleFormat encoding) {
    return text(encoding.name().toLowerCase(Locale.ROOT), shape);
  }

  /** {@code Ogg Vorbis, 44100 Hz, 2 channels}. */
  static String text(String codec, AudioShape shape) {
    return codec + ", " + shape;
  }
}
