package io.earshot.models.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.earshot.models.pack.Manifest.NetworkFile;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the ONNX Runtime session of a package: chooses the provider, checks names and shapes. */
final class NetworkSession {

  private static final Logger LOG = LoggerFactory.getLogger(Network.class);

  static final String CPU = "CPU";
  private static final String CUDA = "CUDA";

  private NetworkSession() {}

  /** A session and the provider that it runs on. */
  record Opened(OrtSession session, String provider) {}

  static Opened open(OrtEnvironment environment, ModelPackage model, NetworkOptions options)
      throws PackageException {
    Opened opened = choose(environment, model, options);
    try {
      checkShapes(opened.session(), model);
    } catch (OrtException | PackageException e) {
      close(opened.session(), e);
      throw e instanceof PackageException refused ? refused : refusal(model, e);
    }
    return opened;
  }

  private static Opened choose(
      OrtEnvironment environment, ModelPackage model, NetworkOptions options)
      throws PackageException {
    boolean cudaBuilt = OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
    if (options.provider() == Provider.CUDA && !cudaBuilt) {
      throw new ModelException("CUDA: this build has none; build with the Maven profile gpu");
    }
    if (options.provider() != Provider.CPU && cudaBuilt) {
      try {
        return new Opened(session(environment, model, options, true), CUDA);
      } catch (OrtException e) {
        if (options.provider() == Provider.CUDA) {
          throw new ModelException("CUDA does not work here: " + reason(e), e);
        }
        LOG.warn("CUDA does not work here, using the CPU: {}", reason(e));
      }
    }
    try {
      return new Opened(session(environment, model, options, false), CPU);
    } catch (OrtException e) {
      throw refusal(model, e);
    }
  }

  /** What the dynamic linker or CUDA said, without the runtime's source lines around it. */
  private static String reason(OrtException e) {
    return e.getMessage().strip().replaceAll("\\s+", " ").replaceFirst("^.* error: ", "");
  }

  private static OrtSession session(
      OrtEnvironment environment, ModelPackage model, NetworkOptions options, boolean cuda)
      throws OrtException {
    try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions();
        OrtCUDAProviderOptions gpu = cuda ? gpu() : null) {
      settings.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      settings.setIntraOpNumThreads(options.intraOpThreads());
      // A spinning pool would take the cores from the broker and the streams between batches.
      settings.addConfigEntry("session.intra_op.allow_spinning", "0");
      if (!Vnni.isKnown()) {
        // Slower, but sums of uint8 x int8 products do not overflow. It costs half with VNNI, too.
        settings.addConfigEntry("session.x64quantprecision", "1");
      }
      settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      if (cuda) {
        settings.addCUDA(gpu);
        // A pattern is planned and kept for each size of batch.
        settings.setMemoryPatternOptimization(false);
      }
      return environment.createSession(model.network().toString(), settings);
    }
  }

  /** Memory grows by what is asked for, not to the next power of two; no trial of every kernel. */
  private static OrtCUDAProviderOptions gpu() throws OrtException {
    OrtCUDAProviderOptions options = new OrtCUDAProviderOptions();
    options.add("arena_extend_strategy", "kSameAsRequested");
    options.add("cudnn_conv_algo_search", "HEURISTIC");
    return options;
  }

  private static void checkShapes(OrtSession session, ModelPackage model)
      throws OrtException, PackageException {
    NetworkFile file = model.manifest().network();
    checkShapes(model, "input", session.getInputInfo(), file.inputs(), true);
    checkShapes(model, "output", session.getOutputInfo(), file.outputs(), false);
  }

  private static void checkShapes(
      ModelPackage model,
      String kind,
      Map<String, NodeInfo> found,
      Map<String, List<Integer>> declared,
      boolean all)
      throws PackageException {
    // An input that the manifest does not know would never be fed; a spare output costs nothing.
    boolean fits =
        declared.entrySet().stream()
            .allMatch(entry -> fits(found.get(entry.getKey()), entry.getValue()));
    if (!fits || (all && found.size() != declared.size())) {
      throw new PackageException(
          "Model package %s: %s: %ss of the network are not those of model.yaml: %s"
              .formatted(model.directory(), file(model), kind, found.values()));
    }
  }

  private static boolean fits(NodeInfo found, List<Integer> shape) {
    // A free dimension is -1.
    long[] batched =
        LongStream.concat(LongStream.of(-1), shape.stream().mapToLong(Integer::longValue))
            .toArray();
    return found != null
        && found.getInfo() instanceof TensorInfo tensor
        && tensor.type == OnnxJavaType.FLOAT
        && Arrays.equals(tensor.getShape(), batched);
  }

  private static PackageException refusal(ModelPackage model, Exception e) {
    return new PackageException(
        "Model package %s: %s: %s".formatted(model.directory(), file(model), e.getMessage()), e);
  }

  private static String file(ModelPackage model) {
    return model.manifest().network().file();
  }

  private static void close(OrtSession session, Exception reason) {
    try {
      session.close();
    } catch (OrtException e) {
      reason.addSuppressed(e);
    }
  }
}
