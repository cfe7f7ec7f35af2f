package io.earshot.models.quantize;

import io.earshot.models.dataset.LabelledFile;
import io.earshot.models.feature.LogMel;
import io.earshot.models.feature.SegmentedClip;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.transfer.SoundReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Clips as the patches that the detector would hand to a package; some of each, evenly. */
final class ClipPatches {
  private final SoundReader reader;
  private final LogMel logMel;
  private final int hopMillis;
  private final Map<String, String> skipped = new TreeMap<>();

  ClipPatches(ModelPackage model, SoundReader reader) {
    this.reader = reader;
    this.logMel = new LogMel(model.frontEnd().logOffset());
    this.hopMillis = (int) model.hop().toMillis();
  }

  /** None for a clip that cannot be read; it is {@link #skipped}. */
  List<float[]> of(LabelledFile clip, int most) {
    try {
      float[] samples = reader.read(clip.file());
      if (samples.length == 0) {
        throw new IOException("holds no sound");
      }
      return Evenly.of(SegmentedClip.of(samples, logMel, hopMillis).patches(), most);
    } catch (IOException e) {
      skipped.put(clip.name(), reason(clip, e));
      return List.of();
    }
  }

  /** Name of each clip that could not be heard, and why. */
  Map<String, String> skipped() {
    return new TreeMap<>(skipped);
  }

  /** Without the path, which stands before it. */
  private static String reason(LabelledFile clip, IOException e) {
    String reason = e.getMessage() == null ? "cannot be read" : e.getMessage();
    String path = clip.file() + ": ";
    return reason.startsWith(path) ? reason.substring(path.length()) : reason;
  }
}
