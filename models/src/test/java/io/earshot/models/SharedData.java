package io.earshot.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The read-only test data; a file that is missing fails the test that wants it. */
public final class SharedData {

  private SharedData() {}

  public static Path file(String name) {
    Path file = Path.of(System.getProperty("EARSHOT_SHARED")).resolve(name);
    assertThat(file).as("shared test data (system property EARSHOT_SHARED)").exists();
    return file;
  }

  /** A file of little-endian float32 in a direct buffer of native order. */
  public static FloatBuffer floats(String name) throws IOException {
    FloatBuffer values =
        ByteBuffer.wrap(Files.readAllBytes(file(name)))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    return direct(values.remaining()).put(values).flip();
  }

  public static FloatBuffer direct(int values) {
    return ByteBuffer.allocateDirect(values * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
