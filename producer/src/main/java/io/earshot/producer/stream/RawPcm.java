package io.earshot.producer.stream;

import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.RawEncoding;

/** What sound is that does not say it itself. */
public record RawPcm(AudioShape shape, RawEncoding encoding) {
  /** s16le, 16 kHz, one channel. */
  public static final RawPcm DEFAULT = new RawPcm(new AudioShape(16_000, 1), RawEncoding.S16LE);
}
