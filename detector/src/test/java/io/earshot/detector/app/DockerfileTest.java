package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.app.DockerFiles.Instruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What hadolint would look at, and what no linter knows: that what is copied and run is there. */
class DockerfileTest {
  private final List<List<Instruction>> stages = DockerFiles.stages();
  private final List<Instruction> image = stages.get(stages.size() - 1);

  @Test
  void everyBaseImageIsAStageOrHasTheTagOfAVersion() {
    Set<String> names = new HashSet<>(Set.of("${RUNTIME}"));
    for (Instruction from : DockerFiles.all("FROM", stages)) {
      String base = from.words().get(0);
      if (!names.contains(base)) {
        assertThat(base).matches("[a-z/-]+:\\d+\\.\\d+\\.\\d+[\\w.-]*").doesNotContain("latest");
      }
      assertThat(from.words().get(1)).isEqualTo("AS");
      names.add(from.words().get(2));
    }
    assertThat(names).contains("jre", "cuda", "build");
    assertThat(DockerFiles.all("ARG", stages.subList(0, 1)))
        .containsExactly(new Instruction("ARG", "RUNTIME=jre"));
  }

  @Test
  void theJavaIsThatWhichTheCodeIsCompiledFor() {
    String release = DockerFiles.property("maven.compiler.release");
    assertThat(DockerFiles.all("FROM", stages))
        .filteredOn(from -> from.arguments().contains("temurin"))
        .hasSize(2)
        .allMatch(from -> from.arguments().matches(".*(temurin-|temurin:)" + release + "\\b.*"));
  }

  @Test
  void itDoesNotRunAsRoot() {
    List<Instruction> users = DockerFiles.all("USER", List.of(image));
    assertThat(users).containsExactly(new Instruction("USER", "10001:10001"));
    assertThat(DockerFiles.all("RUN", List.of(image)))
        .anyMatch(run -> run.arguments().startsWith("useradd --system --uid 10001 "));
    // Nothing is changed for it afterwards.
    assertThat(image.subList(image.indexOf(users.get(0)), image.size()))
        .extracting(Instruction::name)
        .doesNotContain("RUN", "COPY", "ADD");
  }

  @Test
  void whatIsRunIsAProgramAndNoShell() {
    for (String name : List.of("ENTRYPOINT", "CMD", "HEALTHCHECK")) {
      assertThat(DockerFiles.all(name, List.of(image)))
          .singleElement()
          .extracting(Instruction::json)
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
          .isNotEmpty()
          .doesNotContain("sh", "bash", "-c");
    }
    assertThat(DockerFiles.all("ADD", stages)).isEmpty();
    assertThat(DockerFiles.all("RUN", stages))
        .noneMatch(run -> run.arguments().matches(".*(sudo|\\| *sh\\b|latest).*"));
  }

  @Test
  void packagesAreInstalledAloneAndTheirListsRemovedInTheSameLayer() {
    assertThat(DockerFiles.all("RUN", stages))
        .filteredOn(run -> run.arguments().contains("apt-get"))
        .isNotEmpty()
        .allMatch(run -> run.arguments().contains("apt-get update"))
        .allMatch(run -> run.arguments().contains("install -y --no-install-recommends"))
        .allMatch(run -> run.arguments().contains("rm -rf /var/lib/apt/lists/*"));
  }

  @Test
  void whatIsCopiedIsThereAndIsHandedToTheBuild() throws Exception {
    List<String> copied = new ArrayList<>();
    for (Instruction copy : DockerFiles.all("COPY", stages)) {
      List<String> words = copy.words();
      if (!words.get(0).startsWith("--from=")) {
        copied.addAll(words.subList(0, words.size() - 1));
      }
    }
    List<String> handed =
        Files.readAllLines(DockerFiles.ROOT.resolve(".dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();
    assertThat(copied).hasSizeGreaterThan(10).containsExactlyInAnyOrderElementsOf(handed);
    assertThat(copied).allMatch(source -> Files.exists(DockerFiles.ROOT.resolve(source)));
  }

  @Test
  void everyModuleThatMavenReadsIsCopied() {
    List<String> copies =
        DockerFiles.all("COPY", stages).stream().map(Instruction::arguments).toList();
    for (String module : DockerFiles.modules()) {
      assertThat(copies).contains(module + "/pom.xml " + module + "/");
    }
    for (String module : List.of("producer", "models", "detector")) {
      assertThat(copies).contains(module + "/src/main " + module + "/src/main");
    }
    // Libraries first, so that a change of the code does not fetch them anew.
    List<Instruction> build = stages.get(1);
    List<Instruction> maven = DockerFiles.all("RUN", List.of(build));
    assertThat(maven).hasSize(2);
    assertThat(maven.get(0)).isEqualTo(maven.get(1));
    assertThat(build.indexOf(maven.get(0)))
        .isLessThan(build.indexOf(new Instruction("COPY", "detector/src/main detector/src/main")));
  }

  @Test
  void theEntrypointStartsEarshot() throws Exception {
    Path script = DockerFiles.DOCKER.resolve("entrypoint");
    assertThat(script).isExecutable();
    assertThat(new ProcessBuilder("sh", "-n", script.toString()).start().waitFor()).isZero();
    assertThat(DockerFiles.read(script)).contains(" " + Earshot.class.getName() + " \"$@\"");
    assertThat(DockerFiles.all("COPY", List.of(image)))
        .contains(new Instruction("COPY", "docker/entrypoint /usr/local/bin/earshot"));
  }

  @Test
  void thePortsAreThoseOfTheConfiguration() throws Exception {
    Config config = ConfigFile.read(null, Map.of());
    int web = config.web().port();
    assertThat(DockerFiles.all("EXPOSE", List.of(image)))
        .containsExactly(new Instruction("EXPOSE", web + " 9464"));
    assertThat(DockerFiles.all("HEALTHCHECK", List.of(image)).get(0).json())
        .last()
        .isEqualTo("http://127.0.0.1:9464/healthz");
  }
}
