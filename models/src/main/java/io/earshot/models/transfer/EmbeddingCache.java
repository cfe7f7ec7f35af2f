package io.earshot.models.transfer;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Embeddings in files named by the digest of what they were computed from.
 *
 * <p>A file: the number of segments and of values in an embedding, the clip's seconds, then level
 * and embedding of each segment, at the end the CRC-32 of all that. What cannot be read is computed
 * again, what cannot be written is left out: a cache is never a reason to fail. Any thread, also of
 * several processes.
 */
final class EmbeddingCache {
  private static final int FORM = 0x45_53_45_02;
  private static final int HEADER_BYTES = 3 * Integer.BYTES + Double.BYTES;

  private final Path directory;

  EmbeddingCache(Path directory) {
    this.directory = directory;
  }

  Optional<EmbeddedClip> read(String key) {
    try {
      return parse(Files.readAllBytes(file(key)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<EmbeddedClip> parse(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    int end = file.length - Integer.BYTES;
    if (end < HEADER_BYTES || bytes.getInt(end) != checksum(file, end) || bytes.getInt() != FORM) {
      return Optional.empty();
    }
    int segments = bytes.getInt();
    int size = bytes.getInt();
    double seconds = bytes.getDouble();
    List<Double> levels = new ArrayList<>();
    List<float[]> embeddings = new ArrayList<>();
    for (int segment = 0; segment < segments; segment++) {
      levels.add(bytes.getDouble());
      float[] embedding = new float[size];
      bytes.asFloatBuffer().get(embedding);
      bytes.position(bytes.position() + size * Float.BYTES);
      embeddings.add(embedding);
    }
    return Optional.of(new EmbeddedClip(embeddings, levels, seconds));
  }

  void write(String key, EmbeddedClip clip) {
    try {
      Files.createDirectories(directory);
      Path unfinished = Files.createTempFile(directory, "unfinished", null);
      try {
        Files.write(unfinished, format(clip));
        Files.move(unfinished, file(key), ATOMIC_MOVE, REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      // A full disk, or somebody else's folder: the next run computes it once more.
    }
  }

  private static byte[] format(EmbeddedClip clip) {
    int segments = clip.embeddings().size();
    int size = clip.embeddings().get(0).length;
    int end = HEADER_BYTES + segments * (Double.BYTES + size * Float.BYTES);
    ByteBuffer bytes = ByteBuffer.allocate(end + Integer.BYTES);
    bytes.putInt(FORM).putInt(segments).putInt(size).putDouble(clip.seconds());
    for (int segment = 0; segment < segments; segment++) {
      bytes.putDouble(clip.levels().get(segment));
      for (float value : clip.embeddings().get(segment)) {
        bytes.putFloat(value);
      }
    }
    return bytes.putInt(checksum(bytes.array(), end)).array();
  }

  private static int checksum(byte[] bytes, int end) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, end);
    return (int) checksum.getValue();
  }

  private Path file(String key) {
    return directory.resolve(key + ".embedding");
  }
}
