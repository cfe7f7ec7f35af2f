package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * The product with one fault in it: the inference loop commits offsets before the results that they
 * stand for. Compiled from the product's own source, for processes whose class path begins with it.
 */
final class EarlyCommits {
  private static final String LOOP =
      "src/main/java/io/earshot/detector/inference/InferenceLoop.java";
  private static final String SCORING =
      "    boolean whole = scoring.score(ring.patches(next, count), count);\n";
  private static final String COMMIT =
      """
          publisher.begin();
          for (int i = 0; i < count; i++) {
            PatchSlot slot = ring.slot(next + i);
            done.computeIfAbsent(slot.partition, at -> new NextOffset()).value = slot.offset + 1;
          }
          commit();
      """;

  private EarlyCommits() {}

  /** Compiles into {@code folder}, and returns it. */
  static Path compile(Path folder) throws Exception {
    String source = Files.readString(Path.of(LOOP));
    if (!source.contains(SCORING)) {
      throw new AssertionError(LOOP + " no longer has the line before which commits are put");
    }
    Path mutant = Files.createDirectories(folder.resolve("source")).resolve("InferenceLoop.java");
    Files.writeString(mutant, source.replace(SCORING, COMMIT + SCORING), UTF_8);
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> arguments =
        List.of(
            "-nowarn",
            "-proc:none",
            "-cp",
            EarshotProcess.classPath(),
            "-d",
            classes + "",
            mutant + "");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (status != 0) {
      throw new AssertionError("the mutant does not compile; the reason stands on standard error");
    }
    return classes;
  }
}
