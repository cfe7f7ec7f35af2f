package io.earshot.models.train;

import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.feature.LogMel;
import io.earshot.models.feature.Segment;
import io.earshot.models.feature.SegmentedClip;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.onnx.Provider;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A network that is judged: as the package that the detector would run, on the patches that it
 * would see.
 */
final class PackagedNetwork implements AutoCloseable {
  private final Network network;
  private final LogMel logMel;

  PackagedNetwork(ModelPackage model) throws PackageException {
    this.network = Network.open(model, new NetworkOptions(Provider.CPU, 0));
    this.logMel = new LogMel(model.frontEnd().logOffset());
  }

  JudgedClip score(TrainingClip clip) {
    SegmentedClip cut = SegmentedClip.of(clip.samples(), logMel, BackboneRun.HOP_MILLIS);
    List<float[]> patches = cut.patches();
    FloatBuffer in = Network.buffer(patches.size() * LogMel.PATCH_FLOATS);
    patches.forEach(in::put);
    FloatBuffer out = Network.buffer(patches.size() * network.classes());
    network.score(in.flip(), patches.size(), out);
    List<float[]> scores = new ArrayList<>();
    for (int i = 0; i < patches.size(); i++) {
      float[] row = new float[network.classes()];
      out.get(i * row.length, row);
      scores.add(row);
    }
    return new JudgedClip(
        clip.name(),
        List.of(clip.label()),
        clip.fold(),
        clip.seconds(),
        scores,
        cut.segments().stream().map(Segment::rmsDbfs).toList());
  }

  @Override
  public void close() {
    network.close();
  }
}
