package io.earshot.models.transfer;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Embeddings in files named by the digest of what they were computed from.
 *
 * <p>A file: the number of segments and of values in an embedding, the clip's seconds, then level
 * and embedding of each segment. What cannot be read is computed again, what cannot be written is
 * left out: a cache is never a reason to fail. Any thread, also of several processes.
 */
final class EmbeddingCache {
  private static final int FORM = 0x45_53_45_01;

  private final Path directory;

  EmbeddingCache(Path directory) {
    this.directory = directory;
  }

  Optional<EmbeddedClip> read(String key) {
    Path file = file(key);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      return in.readInt() == FORM ? Optional.of(read(in)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static EmbeddedClip read(DataInputStream in) throws IOException {
    int segments = in.readInt();
    int size = in.readInt();
    double seconds = in.readDouble();
    List<Double> levels = new ArrayList<>();
    List<float[]> embeddings = new ArrayList<>();
    for (int segment = 0; segment < segments; segment++) {
      levels.add(in.readDouble());
      float[] embedding = new float[size];
      for (int i = 0; i < size; i++) {
        embedding[i] = in.readFloat();
      }
      embeddings.add(embedding);
    }
    return new EmbeddedClip(embeddings, levels, seconds);
  }

  void write(String key, EmbeddedClip clip) {
    try {
      Files.createDirectories(directory);
      Path unfinished = Files.createTempFile(directory, "unfinished", null);
      try {
        try (DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
          write(out, clip);
        }
        Files.move(unfinished, file(key), ATOMIC_MOVE, REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      // A full disk, or somebody else's folder: the next run computes it once more.
    }
  }

  private static void write(DataOutputStream out, EmbeddedClip clip) throws IOException {
    out.writeInt(FORM);
    out.writeInt(clip.embeddings().size());
    out.writeInt(clip.embeddings().get(0).length);
    out.writeDouble(clip.seconds());
    for (int segment = 0; segment < clip.embeddings().size(); segment++) {
      out.writeDouble(clip.levels().get(segment));
      for (float value : clip.embeddings().get(segment)) {
        out.writeFloat(value);
      }
    }
  }

  private Path file(String key) {
    return directory.resolve(key + ".embedding");
  }
}
