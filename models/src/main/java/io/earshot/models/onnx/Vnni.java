package io.earshot.models.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether the CPU adds up products of 8-bit integers in 32 bits (VNNI).
 *
 * <p>Without it, ONNX Runtime's kernels for uint8 x int8 add pairs in 16 bits, which may overflow.
 */
final class Vnni {
  private static final Set<String> FLAGS = Set.of("avx512_vnni", "avx_vnni");

  private Vnni() {}

  /** True if Linux says so; other systems are not asked. */
  static boolean isKnown() {
    try {
      return isIn(Files.readString(Path.of("/proc/cpuinfo")));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * @param cpuinfo as in {@code proc(5)}
   */
  static boolean isIn(String cpuinfo) {
    return cpuinfo
        .lines()
        .filter(line -> line.startsWith("flags"))
        .flatMap(line -> Stream.of(line.split("\\s+")))
        .anyMatch(FLAGS::contains);
  }
}
