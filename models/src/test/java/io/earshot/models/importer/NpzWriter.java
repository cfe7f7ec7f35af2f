package io.earshot.models.importer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes NumPy archives, right or wrong: the header is the caller's. */
final class NpzWriter implements AutoCloseable {

  private final ZipOutputStream zip;

  NpzWriter(Path file) throws IOException {
    this.zip = new ZipOutputStream(Files.newOutputStream(file));
  }

  /** The Python dictionary that starts an array: {@code header("<f8", false, "(128, 128)")}. */
  static String header(String type, boolean fortran, String shape) {
    return "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }       \n"
        .formatted(type, fortran ? "True" : "False", shape);
  }

  NpzWriter add(String name, int version, String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer start = ByteBuffer.allocate(12 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    start.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.ISO_8859_1));
    start.put((byte) version).put((byte) 0);
    if (version == 1) {
      start.putShort((short) text.length);
    } else {
      start.putInt(text.length);
    }
    start.put(text).flip();
    zip.putNextEntry(new ZipEntry(name + ".npy"));
    zip.write(start.array(), 0, start.limit());
    zip.write(data);
    return this;
  }

  static byte[] float64(double... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  static byte[] float32(double... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      bytes.putFloat((float) value);
    }
    return bytes.array();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
