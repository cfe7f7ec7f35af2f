package io.earshot.models.head;

import be.tarsos.dsp.mfcc.MFCC;
import io.earshot.models.feature.LogMel;
import io.earshot.models.onnx.OnnxAttribute;
import io.earshot.models.onnx.OnnxGraph;
import io.earshot.models.pack.Manifest.NetworkFile;
import java.util.List;

/**
 * Mel-frequency cepstral coefficients as a network: the classic features, in the place of a
 * backbone's embedding.
 *
 * <pre>{@code
 * byte[] onnx = MfccNetwork.graph().toBytes(); // patches N x 96 x 64 to embedding N x 40
 * }</pre>
 *
 * <p>The mean of 40 coefficients over the patch's 96 rows. The coefficients of a row are the cosine
 * transform of its 64 log-mel values as TarsosDSP computes it ({@code MFCC.cepCoefficients}); it is
 * linear, so the mean's coefficients are the coefficients' mean.
 */
public final class MfccNetwork {
  public static final String PATCHES = "patches";
  public static final int COEFFICIENTS = 40;

  private MfccNetwork() {}

  public static OnnxGraph graph() {
    OnnxGraph graph = new OnnxGraph("mfcc").input(PATCHES, LogMel.ROWS, LogMel.BANDS);
    graph.constant("cosines", cosines(), LogMel.BANDS, COEFFICIENTS);
    graph.node(
        "ReduceMean",
        List.of(PATCHES),
        "mean",
        OnnxAttribute.integers("axes", 1),
        OnnxAttribute.integer("keepdims", 0));
    graph.node("MatMul", List.of("mean", "cosines"), NetworkFile.EMBEDDING);
    return graph.output(NetworkFile.EMBEDDING, COEFFICIENTS);
  }

  /** Bands x coefficients: what the transform makes of each band alone. */
  private static float[] cosines() {
    MFCC mfcc =
        new MFCC(LogMel.WINDOW_SAMPLES, LogMel.SAMPLE_RATE, COEFFICIENTS, LogMel.BANDS, 125, 7500);
    float[] cosines = new float[LogMel.BANDS * COEFFICIENTS];
    for (int band = 0; band < LogMel.BANDS; band++) {
      float[] one = new float[LogMel.BANDS];
      one[band] = 1;
      System.arraycopy(mfcc.cepCoefficients(one), 0, cosines, band * COEFFICIENTS, COEFFICIENTS);
    }
    return cosines;
  }
}
