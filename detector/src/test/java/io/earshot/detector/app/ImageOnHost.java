package io.earshot.detector.app;

import io.earshot.detector.app.DockerFiles.Instruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Dockerfile's last stage without an engine: its steps are carried out in a folder, and its
 * programs are run there as its user, without capabilities, without a network, on a root that is
 * read only. What this machine has takes the place of the base image and of the packages that are
 * installed into it, and what Maven has built here that of the build stage.
 */
final class ImageOnHost {
  private static final String BUILD = "/src";

  /** Where the base image has its Java. */
  private static final String JAVA = "/opt/java/openjdk";

  /** A volume. */
  private static final String DATA = "/opt/earshot/data";

  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();
  private String workdir = "/";
  private String user = "0:0";
  private List<String> entrypoint = List.of();
  private List<String> command = List.of();
  private List<String> healthcheck = List.of();

  private ImageOnHost(Path folder) {
    this.folder = folder;
    environment.put("PATH", JAVA + "/bin:/usr/local/bin:/usr/bin:/bin");
  }

  /**
   * Carries out the steps.
   *
   * @param folder an empty one
   */
  static ImageOnHost build(Path folder) throws Exception {
    ImageOnHost image = new ImageOnHost(folder);
    List<List<Instruction>> stages = DockerFiles.stages();
    for (Instruction step : stages.get(stages.size() - 1)) {
      image.carryOut(step);
    }
    return image;
  }

  private void carryOut(Instruction step) throws Exception {
    switch (step.name()) {
      case "WORKDIR" -> workdir = step.arguments();
      case "COPY" -> copy(new ArrayList<>(step.words()));
      case "RUN" -> run(step.arguments());
      case "ENV" -> environment(step.words());
      case "USER" -> user = step.arguments();
      case "ENTRYPOINT" -> entrypoint = step.json();
      case "CMD" -> command = step.json();
      case "HEALTHCHECK" -> healthcheck = step.json();
      case "FROM", "ARG", "LABEL", "EXPOSE", "VOLUME" -> {
        // Nothing to be done in a folder.
      }
      default -> throw new AssertionError("nobody has thought of " + step);
    }
  }

  private void copy(List<String> words) throws Exception {
    boolean built = words.remove("--from=build");
    String last = words.remove(words.size() - 1);
    for (String source : words) {
      Path from = DockerFiles.ROOT.resolve(built ? source.substring(BUILD.length() + 1) : source);
      Path to = inside(last.startsWith("/") ? last : workdir + "/" + last);
      Files.createDirectories(to.getParent());
      execute(List.of("cp", "-r", from.toString(), to.toString()));
    }
  }

  /** Packages and users are the base's: this machine has its own. */
  private void run(String line) throws Exception {
    if (!line.startsWith("apt-get ") && !line.startsWith("useradd ")) {
      List<String> box = box(true);
      box.addAll(List.of("sh", "-c", line));
      execute(box);
    }
  }

  private void environment(List<String> settings) {
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      environment.put(parts[0], parts[1]);
    }
  }

  /** What is run with {@code arguments}; the image's own where there are none. */
  List<String> entrypoint(String... arguments) {
    List<String> all = new ArrayList<>(entrypoint);
    all.addAll(arguments.length == 0 ? command : List.of(arguments));
    return all;
  }

  List<String> healthcheck() {
    return healthcheck;
  }

  /** A command as a container runs it. */
  List<String> contained(List<String> command) {
    String[] ids = user.split(":");
    List<String> all = box(false);
    all.addAll(List.of("setpriv", "--reuid=" + ids[0], "--regid=" + ids[1], "--clear-groups"));
    all.addAll(List.of("--no-new-privs", "--inh-caps=-all", "--bounding-set=-all", "--"));
    all.addAll(command);
    return all;
  }

  private List<String> box(boolean writable) {
    String bind = writable ? "--bind" : "--ro-bind";
    List<String> box = new ArrayList<>(List.of("bwrap", "--ro-bind", "/", "/"));
    // None of the checkout, and nothing that is installed there, is to be of help.
    box.addAll(List.of("--tmpfs", DockerFiles.ROOT.toString(), "--tmpfs", "/opt"));
    box.addAll(List.of(bind, inside("/opt/earshot").toString(), "/opt/earshot"));
    if (!writable) {
      box.addAll(List.of("--bind", inside(DATA).toString(), DATA));
    }
    box.addAll(List.of("--ro-bind", System.getProperty("java.home"), JAVA));
    box.addAll(List.of("--tmpfs", "/usr/local/bin"));
    box.addAll(List.of("--ro-bind", inside("/usr/local/bin/earshot").toString()));
    box.add("/usr/local/bin/earshot");
    box.addAll(List.of("--perms", "1777", "--tmpfs", "/tmp", "--proc", "/proc", "--dev", "/dev"));
    box.addAll(List.of("--unshare-net", "--unshare-pid", "--unshare-ipc", "--die-with-parent"));
    box.add("--as-pid-1");
    box.add("--clearenv");
    environment.forEach((name, value) -> box.addAll(List.of("--setenv", name, value)));
    box.addAll(List.of("--chdir", workdir));
    return box;
  }

  private Path inside(String path) {
    return folder.resolve(path.substring(1));
  }

  private static void execute(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", command) + ": " + said);
    }
  }
}
