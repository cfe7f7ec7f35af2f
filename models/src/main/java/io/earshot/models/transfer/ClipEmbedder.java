package io.earshot.models.transfer;

import io.earshot.models.dataset.LabelledFile;
import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Embeddings of files and of made sounds, out of the cache where they are there. What a file is
 * known by is the digest of its content and of the network.
 */
final class ClipEmbedder {
  /** Nothing of a 16-bit sound is quieter and not nothing. */
  private static final double SILENT_DBFS = -95;

  private final Backbone backbone;
  private final SoundReader reader;
  private final EmbeddingCache cache;
  private final String context;
  private final Map<String, String> skipped = new TreeMap<>();

  ClipEmbedder(Backbone backbone, SoundReader reader, EmbeddingCache cache) {
    this.backbone = backbone;
    this.reader = reader;
    this.cache = cache;
    Manifest manifest = backbone.model().manifest();
    this.context =
        String.join(
            " ",
            manifest.files().get(manifest.network().file()),
            manifest.frontEnd().toString(),
            backbone.model().hop().toString());
  }

  /** Files that cannot be learnt from, by name, and the reason of each. */
  Map<String, String> skipped() {
    return Map.copyOf(skipped);
  }

  /** Embeds all files that can be; the others are {@link #skipped}. On all cores. */
  List<Clip> embed(List<LabelledFile> files, Listener listener) {
    listener.begins("Hearing clips", files.size());
    AtomicLong done = new AtomicLong();
    Map<LabelledFile, EmbeddedClip> embedded = new ConcurrentHashMap<>();
    Map<String, String> faults = new ConcurrentHashMap<>();
    files.parallelStream()
        .forEach(
            file -> {
              try {
                embedded.put(file, embed(file.file()));
              } catch (IOException e) {
                faults.put(file.name(), e.getMessage());
              }
              listener.done(done.incrementAndGet());
            });
    skipped.putAll(faults);
    List<Clip> clips = new ArrayList<>();
    for (LabelledFile file : files) {
      if (embedded.containsKey(file)) {
        clips.add(Clip.of(file, embedded.get(file)));
      }
    }
    return clips;
  }

  private EmbeddedClip embed(Path file) throws IOException {
    String key = Sha256.of(context + " file " + digest(file));
    Optional<EmbeddedClip> known = cache.read(key);
    EmbeddedClip clip = known.isPresent() ? known.get() : backbone.embed(samples(file));
    if (clip.loudest() < SILENT_DBFS) {
      throw new IOException(file + ": holds nothing but silence");
    }
    if (known.isEmpty()) {
      cache.write(key, clip);
    }
    return clip;
  }

  private static String digest(Path file) throws IOException {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be read", e);
    }
  }

  float[] samples(Path file) throws IOException {
    float[] samples = reader.read(file);
    if (samples.length == 0) {
      throw new IOException(file + ": holds no sound");
    }
    return samples;
  }

  /**
   * Embeds a sound that is made.
   *
   * @param recipe says all of how it is made
   */
  EmbeddedClip embed(String recipe, Supplier<float[]> samples) {
    String key = Sha256.of(context + " made " + recipe);
    return cache
        .read(key)
        .orElseGet(
            () -> {
              EmbeddedClip clip = backbone.embed(samples.get());
              cache.write(key, clip);
              return clip;
            });
  }
}
