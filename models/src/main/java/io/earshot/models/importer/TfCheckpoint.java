package io.earshot.models.importer;

import io.earshot.models.pack.PackageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A TensorFlow checkpoint of version 1: one file with named tensors.
 *
 * <pre>{@code
 * try (TfCheckpoint checkpoint = TfCheckpoint.open(Path.of("vggish_model.ckpt"))) {
 *   float[] kernel = checkpoint.floats("vggish/conv1/weights", 3, 3, 1, 64);
 * }
 * }</pre>
 *
 * <p>Opening reads the whole file once and checks every checksum; a tensor's block is read again
 * when its values are asked for, so no more than one block is in memory at a time. Values are
 * float32 in row-major order, in one piece: other types and partitioned variables are listed, but
 * not read.
 *
 * <p>Source: TensorFlow's {@code core/util/saved_tensor_slice.proto} and {@code
 * tensor_slice_writer.cc}: an {@link Sstable} with a table of contents under the empty key, then an
 * entry for each slice of a tensor.
 */
final class TfCheckpoint implements AutoCloseable {

  /** A file may list tensors of a few bytes each; no network has so many. */
  private static final int MOST_TENSORS = 100_000;

  private final String file;
  private final Sstable table;
  private final Map<String, SavedTensor> tensors = new TreeMap<>();
  private final Map<String, Sstable.Place> places = new HashMap<>();

  private TfCheckpoint(String file, Sstable table) {
    this.file = file;
    this.table = table;
  }

  /**
   * Opens a file and checks it.
   *
   * @throws PackageException one line: it cannot be read, is no checkpoint or is damaged
   */
  static TfCheckpoint open(Path path) throws PackageException {
    String file = path.getFileName().toString();
    try {
      TfCheckpoint checkpoint = new TfCheckpoint(file, Sstable.open(path));
      try {
        checkpoint.scan();
      } catch (IOException | RuntimeException e) {
        checkpoint.table.close();
        throw e;
      }
      return checkpoint;
    } catch (IOException | FormatException e) {
      throw refusal(file, e);
    }
  }

  /** The tensors, sorted by name. */
  Collection<SavedTensor> tensors() {
    return Collections.unmodifiableCollection(tensors.values());
  }

  /**
   * The values of a tensor of this shape.
   *
   * @throws PackageException one line: there is no such tensor, or not of this shape in float32
   */
  float[] floats(String name, int... shape) throws PackageException {
    try {
      requireFloats(name, shape);
      // No product overflows: what no array can hold is refused for the values it has not.
      long count =
          Arrays.stream(shape)
              .asLongStream()
              .reduce(1, (size, next) -> Math.min(size * next, Integer.MAX_VALUE));
      SstableBlock entries = new SstableBlock(table.read(places.get(name)));
      while (entries.next()) {
        SavedSlice slice = SavedSlice.read(entries.value());
        if (slice.name().equals(name)) {
          return slice.floats((int) count);
        }
      }
      throw new FormatException("changed while it was read");
    } catch (IOException | FormatException e) {
      throw refusal(file, e);
    }
  }

  private void scan() throws IOException {
    boolean first = true;
    for (Sstable.Place place : table.blocks()) {
      SstableBlock entries = new SstableBlock(table.read(place));
      while (entries.next()) {
        if (first && entries.keyIsEmpty()) {
          list(entries.value());
        } else {
          String name = SavedSlice.read(entries.value()).name();
          if (tensors.containsKey(name)) {
            places.putIfAbsent(name, place);
          }
        }
        first = false;
      }
    }
    if (tensors.isEmpty()) {
      throw new FormatException("lists no tensors");
    }
  }

  /** Reads the table of contents: SavedTensorSlices.meta.tensor. */
  private void list(ByteBuffer value) {
    ProtoReader slices = new ProtoReader(value);
    while (slices.next()) {
      if (slices.field() == 1) {
        ProtoReader meta = slices.message();
        while (meta.next()) {
          if (meta.field() == 1) {
            add(SavedTensor.read(meta.message()));
          }
        }
      }
    }
  }

  private void add(SavedTensor tensor) {
    if (tensors.put(tensor.name(), tensor) != null) {
      throw new FormatException("is damaged: lists a tensor twice");
    }
    if (tensors.size() > MOST_TENSORS) {
      throw new FormatException("lists more than " + MOST_TENSORS + " tensors");
    }
  }

  private void requireFloats(String name, int... shape) {
    SavedTensor tensor = tensors.get(name);
    if (tensor == null || !places.containsKey(name)) {
      throw new FormatException("holds no tensor " + name);
    }
    if (!tensor.type().equals(SavedTensor.FLOAT)) {
      throw new FormatException("holds %s as %s, not float32".formatted(name, tensor.type()));
    }
    if (!tensor.shape().equals(Arrays.stream(shape).asLongStream().boxed().toList())) {
      throw new FormatException(
          "holds %s of shape %s, not %s".formatted(name, tensor.shape(), Arrays.toString(shape)));
    }
    if (tensor.slices() != 1) {
      throw new FormatException(
          "holds %s in %d slices, which is not supported".formatted(name, tensor.slices()));
    }
  }

  private static PackageException refusal(String file, Exception e) {
    return e instanceof FormatException
        ? new PackageException(file + " " + e.getMessage(), e)
        : new PackageException(file + " cannot be read: " + PackageException.reason(e), e);
  }

  @Override
  public void close() {
    try {
      table.close();
    } catch (IOException e) {
      // It was only read: nothing is lost.
    }
  }
}
