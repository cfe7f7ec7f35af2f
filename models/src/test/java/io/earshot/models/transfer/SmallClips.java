package io.earshot.models.transfer;

import java.util.List;

/** Clips of one segment for tests of what is done with many. */
final class SmallClips {
  private SmallClips() {}

  static Clip clip(String name, int fold, String recording, String... labels) {
    return withContent(name, "content of " + name, fold, recording, labels);
  }

  static Clip withContent(
      String name, String digest, int fold, String recording, String... labels) {
    EmbeddedClip sound = new EmbeddedClip(List.of(new float[] {1, 2}), List.of(-20.0), 1);
    return new Clip(name, List.of(labels), fold, recording, digest, () -> new float[1], sound);
  }
}
