package io.earshot.models.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * ONNX Runtime's library, unpacked to the temporary folder when it is loaded: 28 MB that stay there
 * when the process is killed. On Linux a loaded library needs its file no more, so it is deleted at
 * once.
 */
final class UnpackedLibrary {
  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final String FOLDER = "/onnxruntime-java";

  private UnpackedLibrary() {}

  /** Deletes what of it this process has loaded; its folder stays, for libraries loaded later. */
  static void delete() {
    try {
      List<String> maps = Files.exists(MAPS) ? Files.readAllLines(MAPS) : List.of();
      for (String map : maps) {
        // address, access, offset, device and inode, then the path
        int path = map.indexOf('/');
        if (path >= 0 && map.contains(FOLDER) && map.endsWith(".so")) {
          Files.deleteIfExists(Path.of(map.substring(path)));
        }
      }
    } catch (IOException e) {
      // It stays until the process ends, as it would without this.
    }
  }
}
