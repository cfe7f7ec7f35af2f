package io.earshot.models.importer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A matrix of a NumPy {@code .npz} archive.
 *
 * <pre>{@code
 * try (ZipFile npz = new ZipFile("vggish_pca_params.npz")) {
 *   double[] means = NpyArray.read(npz, "pca_means", 128, 1);
 * }
 * }</pre>
 *
 * <p>Little-endian float32 or float64, in C or Fortran order. Source: {@code numpy.lib.format},
 * versions 1 and 2.
 */
final class NpyArray {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LARGEST_HEADER = 1 << 16;

  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '<f([48])', 'fortran_order': (True|False), 'shape': \\(([0-9, ]*)\\), \\}\\s*");

  private NpyArray() {}

  /**
   * Reads the matrix of a name, row by row. One column may also be a vector.
   *
   * @throws FormatException the archive has none, or not of this size
   */
  static double[] read(ZipFile npz, String name, int rows, int columns) throws IOException {
    ZipEntry entry = npz.getEntry(name + ".npy");
    if (entry == null) {
      throw new FormatException("holds no array " + name);
    }
    // A zip may unpack to any size: no more is read than the matrix can need.
    int most = LARGEST_HEADER + Math.multiplyExact(rows * Double.BYTES, columns);
    try (InputStream in = npz.getInputStream(entry)) {
      ByteCursor cursor = new ByteCursor(ByteBuffer.wrap(in.readNBytes(most)));
      Matcher header = HEADER.matcher(header(cursor));
      if (!header.matches() || !isShape(header.group(3), rows, columns)) {
        throw new FormatException(
            "holds %s, but not as floats of shape [%d, %d]".formatted(name, rows, columns));
      }
      int bytesEach = Integer.parseInt(header.group(1));
      boolean byColumn = header.group(2).equals("True");
      double[] values = new double[rows * columns];
      ByteBuffer data = cursor.take((long) values.length * bytesEach);
      for (int i = 0; i < values.length; i++) {
        values[i] = value(data, bytesEach, byColumn ? i % columns * rows + i / columns : i);
      }
      return values;
    }
  }

  /** The Python dictionary at the start of the file; empty if it is no NumPy file. */
  private static String header(ByteCursor cursor) {
    ByteBuffer magic = cursor.take(MAGIC.length);
    int version = cursor.take(2).get();
    if (!magic.equals(ByteBuffer.wrap(MAGIC)) || version < 1 || version > 2) {
      return "";
    }
    long length =
        version == 1
            ? Short.toUnsignedLong(cursor.take(Short.BYTES).getShort())
            : Integer.toUnsignedLong(cursor.take(Integer.BYTES).getInt());
    return StandardCharsets.ISO_8859_1.decode(cursor.take(length)).toString();
  }

  private static boolean isShape(String tuple, int rows, int columns) {
    return tuple.equals(rows + ", " + columns) || (columns == 1 && tuple.equals(rows + ","));
  }

  private static double value(ByteBuffer data, int bytesEach, int index) {
    return bytesEach == Float.BYTES
        ? data.getFloat(index * Float.BYTES)
        : data.getDouble(index * Double.BYTES);
  }
}
