package io.earshot.models.importer;

import io.earshot.models.onnx.ModelException;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.onnx.Provider;
import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import java.net.URI;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Google's VGGish, a backbone, from its TensorFlow checkpoint; the parameters of its
 * post-processing stay in the package as they are.
 *
 * @param pca fetched first: it is small, and what is whole is not kept when the other breaks off
 */
record Vggish(RemoteFile pca, RemoteFile checkpoint) implements PublicModel {

  static final Vggish PUBLISHED =
      new Vggish(
          new RemoteFile(
              "vggish_pca_params.npz",
              URI.create("https://storage.googleapis.com/audioset/vggish_pca_params.npz"),
              "4d878af3e306defbfb37095365aa7e5a6cecb86bad13e859e626151c4e6a8b9d",
              73_020),
          // The weights alone are 289 MB; the size of the file is not published. Its digest is that
          // of
          // the file as it was fetched from this address.
          new RemoteFile(
              "vggish_model.ckpt",
              URI.create("https://storage.googleapis.com/audioset/vggish_model.ckpt"),
              "0962b1914e3e053922d957c45bc84a78c985765641dc6bceeeb3a7d8dfecfdf6",
              400_000_000));

  private static final String VERSION = "1";
  private static final String LICENCE = "Apache-2.0";
  private static final FrontEnd FRONT_END = FrontEnd.vggish(0.01);
  private static final int HOP_MILLIS = 960;

  @Override
  public String name() {
    return "vggish";
  }

  @Override
  public List<RemoteFile> files() {
    return List.of(pca, checkpoint);
  }

  /** One and a half times the weights, measured; less ends in an OutOfMemoryError. */
  @Override
  public long heapBytes() {
    return 600_000_000;
  }

  @Override
  public PackageContent convert(List<Path> fetched, Path folder) throws PackageException {
    Path onnx = folder.resolve("network.onnx");
    VggishImporter.convert(fetched.get(1), onnx);
    return new PackageContent(name(), VERSION, LICENCE)
        .source(new Manifest.Source(checkpoint.address().toString(), checkpoint.sha256()))
        .card(card())
        .network(onnx, NetworkTranslation.PATCHES, FRONT_END, HOP_MILLIS)
        .embedding(VggishImporter.EMBEDDING_SIZE)
        .file(pca.name(), fetched.get(0));
  }

  /** Its authors' own check: the published weights, converted rightly, give what they measured. */
  @Override
  public void check(ModelPackage staged) throws PackageException {
    VggishPostprocessor postprocessor =
        VggishPostprocessor.read(staged.directory().resolve(pca.name()));
    try (Network network = Network.open(staged, new NetworkOptions(Provider.CPU, 0))) {
      VggishSmokeTest.check(patches -> embed(network, patches), postprocessor);
    } catch (ModelException e) {
      throw new PackageException("The converted vggish does not run: " + e.getMessage(), e);
    }
  }

  private static float[][] embed(Network network, float[][] patches) {
    FloatBuffer in = Network.buffer(patches.length * patches[0].length);
    for (float[] patch : patches) {
      in.put(patch);
    }
    FloatBuffer out = Network.buffer(patches.length * VggishImporter.EMBEDDING_SIZE);
    network.embed(in, patches.length, out);
    float[][] embeddings = new float[patches.length][VggishImporter.EMBEDDING_SIZE];
    for (float[] embedding : embeddings) {
      out.get(embedding);
    }
    return embeddings;
  }

  private String card() {
    return """
        # vggish

        Google's VGGish: a VGG-like network trained on YouTube-8M that turns the sound of about a
        second into 128 numbers, which classifiers are trained on. It names nothing itself. The
        embedding is what its last layer gives, negative values included.

        AudioSet's embeddings were released after a further step, a principal component analysis
        to 8 bits; its parameters are in `%s` (<%s>).

        | | |
        | --- | --- |
        | version | %s |
        | licence of the weights | %s |
        | source | <%s> |
        | sha256 of the source | `%s` |
        | input | `%s`, N x %d x %d float32: log-mel patches, log(mel + %s) |
        | output `embedding` | N x %d float32 |

        Converted by Earshot from the TensorFlow checkpoint; all arithmetic is float32. A package
        is only installed if a sine of 1 kHz gives the mean and the standard deviation that
        VGGish's authors measured, each within 10 percent.
        """
        .formatted(
            pca.name(),
            pca.address(),
            VERSION,
            LICENCE,
            checkpoint.address(),
            checkpoint.sha256(),
            NetworkTranslation.PATCHES,
            FRONT_END.frames(),
            FRONT_END.bands(),
            FRONT_END.logOffset(),
            VggishImporter.EMBEDDING_SIZE);
  }
}
