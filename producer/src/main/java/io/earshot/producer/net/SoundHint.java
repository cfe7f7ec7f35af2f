package io.earshot.producer.net;

import io.earshot.producer.convert.SampleFormat;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.stream.RawPcm;

/**
 * What a stream of bytes is held for that does not say it by how it begins.
 *
 * @param shape of raw PCM
 * @param encoding of raw PCM
 */
record SoundHint(Otherwise otherwise, AudioShape shape, SampleFormat encoding) {
  /** How to go on. */
  enum Otherwise {
    /** Raw PCM, whatever it looks like. */
    SURELY_RAW,
    RAW,
    /** MPEG audio, joined in the middle of a frame. */
    MPEG,
    /** It is refused. */
    NOTHING
  }

  /** What the settings say of raw PCM. */
  static SoundHint of(Otherwise otherwise, RawPcm raw) {
    return new SoundHint(otherwise, raw.shape(), raw.encoding().format());
  }
}
