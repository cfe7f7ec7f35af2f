package io.earshot.models.transfer;

import io.earshot.models.head.MfccNetwork;
import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** {@link MfccNetwork} as a package, so that heads are put on it as on any backbone. */
public final class MfccPackage {
  private static final double LOG_OFFSET = 0.001;
  private static final int HOP_MILLIS = 960;

  private MfccPackage() {}

  /** Writes the package {@code mfcc} into that directory. */
  public static ModelPackage write(Path directory) throws PackageException {
    PackageContent content =
        new PackageContent("mfcc", "1", "GPL-3.0-or-later")
            .source(Manifest.Source.inWords("computed, not trained"))
            .card("# mfcc\n\n40 mel-frequency cepstral coefficients, the mean over a segment.\n")
            .network(
                ByteBuffer.wrap(MfccNetwork.graph().toBytes()),
                MfccNetwork.PATCHES,
                FrontEnd.vggish(LOG_OFFSET),
                HOP_MILLIS)
            .embedding(MfccNetwork.COEFFICIENTS);
    return ModelPackage.load(PackageWriter.write(content, directory, staged -> {}));
  }
}
