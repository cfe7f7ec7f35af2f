package io.earshot.models.transfer;

import io.earshot.models.dataset.LabelledFile;
import io.earshot.models.pack.Sha256;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Embeddings of files and of made sounds, out of the cache where they are there. What a file is
 * known by is the digest of its content and of the network.
 */
final class ClipEmbedder {
  /** Under it is at most the dither of a 16-bit recording: half its last bit is -96 dBFS. */
  private static final double SILENT_DBFS = -95;

  /**
   * To be raised when files are decoded, resampled, cut or turned into patches otherwise: what is
   * kept is no use then.
   */
  private static final int HEARING = 3;

  private final SegmentNetwork network;
  private final SoundReader reader;
  private final EmbeddingCache cache;
  private final String context;
  private final Map<LabelledFile, String> skipped = new ConcurrentHashMap<>();

  ClipEmbedder(SegmentNetwork network, SoundReader reader, EmbeddingCache cache) {
    this.network = network;
    this.reader = reader;
    this.cache = cache;
    this.context = HEARING + " " + network.digest();
  }

  /** Files that cannot be learnt from, and the reason of each. */
  Map<LabelledFile, String> skipped() {
    return Map.copyOf(skipped);
  }

  int hopSamples() {
    return network.hopSamples();
  }

  /** Embeds all files that can be; the others are {@link #skipped}. */
  List<Clip> embed(List<LabelledFile> files, Listener listener) {
    return each("Hearing clips", files, this::clip, listener);
  }

  /** Works on all cores; what comes out as null is left out, the rest keeps its order. */
  <T, R> List<R> each(String what, List<T> things, Function<T, R> work, Listener listener) {
    listener.begins(what);
    AtomicLong done = new AtomicLong();
    return things.parallelStream()
        .map(
            thing -> {
              R result = work.apply(thing);
              listener.step(done.incrementAndGet(), things.size());
              return result;
            })
        .filter(Objects::nonNull)
        .toList();
  }

  private Clip clip(LabelledFile file) {
    try {
      String digest = Sha256.of(file.file());
      return new Clip(
          file.name(),
          file.labels(),
          file.fold(),
          file.recording(),
          digest,
          () -> samples(file.file()),
          embedding(file.file(), digest));
    } catch (IOException e) {
      skipped.put(file, reason(file, e));
      return null;
    }
  }

  /** Without the path, which stands before it. */
  private static String reason(LabelledFile file, IOException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission to read it";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    String reason = e.getMessage() == null ? "cannot be read" : e.getMessage();
    String path = file.file() + ": ";
    return reason.startsWith(path) ? reason.substring(path.length()) : reason;
  }

  private EmbeddedClip embedding(Path file, String digest) throws IOException {
    String key = Sha256.of(context + " file " + digest);
    Optional<EmbeddedClip> known = cache.read(key);
    EmbeddedClip clip = known.isPresent() ? known.get() : network.hear(samples(file));
    if (clip.loudest() < SILENT_DBFS) {
      throw new IOException(file + ": holds nothing but silence");
    }
    if (known.isEmpty()) {
      cache.write(key, clip);
    }
    return clip;
  }

  private float[] samples(Path file) throws IOException {
    float[] samples = reader.read(file);
    if (samples.length == 0) {
      throw new IOException(file + ": holds no sound");
    }
    return samples;
  }

  /** Makes a sound, or fails to. */
  interface Samples<X extends Exception> {
    float[] make() throws X;
  }

  /**
   * The embedding of a sound that is made.
   *
   * @param recipe says all of how it is made
   */
  <X extends Exception> EmbeddedClip made(String recipe, Samples<X> samples) throws X {
    String key = Sha256.of(context + " made " + recipe);
    Optional<EmbeddedClip> known = cache.read(key);
    if (known.isPresent()) {
      return known.get();
    }
    EmbeddedClip clip = network.hear(samples.make());
    cache.write(key, clip);
    return clip;
  }
}
