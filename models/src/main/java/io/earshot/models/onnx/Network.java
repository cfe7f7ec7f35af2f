package io.earshot.models.onnx;

import static io.earshot.models.pack.Manifest.NetworkFile.EMBEDDING;
import static io.earshot.models.pack.Manifest.NetworkFile.SCORES;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The network of a model package in one ONNX Runtime session.
 *
 * <pre>{@code
 * try (Network network = Network.open(model, new NetworkOptions(Provider.AUTO, 0))) {
 *   network.score(patches, count, scores); // scores[i * classes() + c]
 * }
 * }</pre>
 *
 * <p>The buffers are direct and in native byte order: ONNX Runtime reads the patches where they are
 * and writes the result in place, and it would never write a heap buffer back. They are used from
 * index 0 on, whatever their position and limit, which stay as they are. A call allocates a few
 * small handles per batch and nothing per patch. On a GPU batches are padded to a few fixed sizes.
 *
 * <p>Any thread may score, also several at once; nobody may score while or after another closes.
 */
public final class Network implements AutoCloseable {

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String provider;
  private final String input;
  private final int frames;
  private final int bands;
  private final int classes;
  private final int embeddingSize;

  /** Null where any batch is run at its own size. */
  private final FixedBatches fixedBatches;

  private final AtomicBoolean closed = new AtomicBoolean();

  private Network(OrtEnvironment environment, NetworkSession.Opened opened, ModelPackage model) {
    this.environment = environment;
    this.session = opened.session();
    this.provider = opened.provider();
    this.input = model.inputName();
    this.frames = model.frontEnd().frames();
    this.bands = model.frontEnd().bands();
    this.classes = model.classes();
    this.embeddingSize = model.embeddingSize().orElse(0);
    this.fixedBatches =
        provider.equals(NetworkSession.CPU)
            ? null
            : new FixedBatches(environment, session, input, frames, bands);
  }

  /**
   * Reads the package's network and makes it ready to run.
   *
   * @throws PackageException the file is no network that fits the package's manifest
   * @throws ModelException the provider that was asked for is not there, or ONNX Runtime cannot be
   *     loaded
   */
  public static Network open(ModelPackage model, NetworkOptions options) throws PackageException {
    OrtEnvironment environment = OnnxLibrary.environment();
    NetworkSession.Opened opened = NetworkSession.open(environment, model, options);
    UnpackedLibrary.delete();
    return new Network(environment, opened, model);
  }

  /** A buffer of so many values that a network can read from and write to. */
  public static FloatBuffer buffer(int values) {
    return ByteBuffer.allocateDirect(values * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** Where it runs: {@code CPU} or {@code CUDA}. */
  public String provider() {
    return provider;
  }

  /** Scores of one patch; 0 for a backbone. */
  public int classes() {
    return classes;
  }

  /**
   * Scores a batch.
   *
   * @param patches {@code count} patches of frames x bands float32, one after another
   * @param count 1 or more
   * @param scores receives {@code count} x {@link #classes()}, row by row
   * @throws ModelException the network has no scores, the buffers are too small or not direct, or
   *     the runtime failed
   */
  public void score(FloatBuffer patches, int count, FloatBuffer scores) {
    if (classes == 0) {
      throw new ModelException("The network has no output \"" + SCORES + "\"");
    }
    run(patches, count, SCORES, classes, scores);
  }

  /**
   * Computes the embeddings of a batch: what the classifier sees of each patch.
   *
   * @param embeddings receives {@code count} x {@link ModelPackage#embeddingSize()}, row by row
   * @throws ModelException the network has no embedding; else as {@link #score}
   */
  public void embed(FloatBuffer patches, int count, FloatBuffer embeddings) {
    if (embeddingSize == 0) {
      throw new ModelException("The network has no output \"" + EMBEDDING + "\"");
    }
    run(patches, count, EMBEDDING, embeddingSize, embeddings);
  }

  private void run(FloatBuffer patches, int count, String output, int width, FloatBuffer result) {
    if (count < 1) {
      throw new ModelException("A batch of " + count + " patches cannot be run");
    }
    FloatBuffer in = batch("patches", patches, count, frames * bands);
    FloatBuffer out = batch(output, result, count, width);
    try {
      if (fixedBatches == null) {
        runInPlace(in, count, output, width, out);
      } else {
        fixedBatches.run(in, count, output, width, out);
      }
    } catch (OrtException e) {
      throw new ModelException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }

  private void runInPlace(FloatBuffer in, int count, String output, int width, FloatBuffer out)
      throws OrtException {
    try (OnnxTensor inputTensor =
            OnnxTensor.createTensor(environment, in, new long[] {count, frames, bands});
        OnnxTensor outputTensor =
            OnnxTensor.createTensor(environment, out, new long[] {count, width})) {
      // Pinned: the runtime computes only this output and writes it into our buffer.
      session.run(Map.of(input, inputTensor), Map.of(output, outputTensor)).close();
    }
  }

  /** The first {@code count} rows of a buffer that the runtime can use in place. */
  private static FloatBuffer batch(String name, FloatBuffer buffer, int count, int width) {
    if (!buffer.isDirect() || buffer.order() != ByteOrder.nativeOrder()) {
      throw new ModelException("The buffer of " + name + " is not direct and in native order");
    }
    if (buffer.capacity() / width < count) {
      throw new ModelException(
          "The buffer of %s holds %d values, fewer than %d x %d"
              .formatted(name, buffer.capacity(), count, width));
    }
    return buffer.duplicate().clear().limit(count * width);
  }

  /** Frees the session; a second call does nothing. */
  @Override
  public void close() {
    try {
      if (closed.compareAndSet(false, true)) {
        if (fixedBatches != null) {
          fixedBatches.close();
        }
        session.close();
      }
    } catch (OrtException e) {
      throw new ModelException("ONNX Runtime failed to close: " + e.getMessage(), e);
    }
  }
}
