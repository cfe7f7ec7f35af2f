package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Earshot as its users run it: a process of its own. */
final class EarshotProcess implements AutoCloseable {
  /** Such processes live for seconds: quick to start, and light beside each other on two cores. */
  private static final List<String> SHORT_LIVED =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final String name;
  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final List<Thread> readers = new ArrayList<>();

  private EarshotProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    read(process.inputReader(UTF_8), out);
    read(process.errorReader(UTF_8), err);
  }

  static EarshotProcess start(String... arguments) {
    return start(Shared.home(), List.of(arguments));
  }

  static EarshotProcess start(Path home, List<String> arguments) {
    return start(home, List.of(), arguments);
  }

  /**
   * @param options of Java
   */
  static EarshotProcess start(Path home, List<String> options, List<String> arguments) {
    return run(Map.of(), java(home, options, classPath(), Earshot.class, arguments));
  }

  /** Runs any class that way. */
  static EarshotProcess start(Path home, String classPath, Class<?> main, List<String> arguments) {
    return run(Map.of(), java(home, List.of(), classPath, main, arguments));
  }

  private static List<String> java(
      Path home, List<String> options, String classPath, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SHORT_LIVED);
    command.addAll(options);
    command.add("-Dearshot.home=" + home);
    command.add("-cp");
    command.add(classPath);
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }

  /**
   * @param environment beside what this process has of it
   */
  static EarshotProcess start(Map<String, String> environment, String... arguments) {
    return run(
        environment,
        java(Shared.home(), List.of(), classPath(), Earshot.class, List.of(arguments)));
  }

  /** That of this very process. */
  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Runs any program the same way. */
  static EarshotProcess run(List<String> command) {
    return run(Map.of(), command);
  }

  private static EarshotProcess run(Map<String, String> environment, List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
      return new EarshotProcess(String.join(" ", command), builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Process process() {
    return process;
  }

  List<String> out() {
    return out;
  }

  List<String> err() {
    return err;
  }

  /** What Ctrl-C sends. */
  void interrupt() throws Exception {
    kill("-INT");
  }

  /** What {@code kill} sends; it is heard also where a shell in the background hides Ctrl-C. */
  void terminate() throws Exception {
    kill("-TERM");
  }

  private void kill(String signal) throws Exception {
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
  }

  /** The exit status; kills a process that does not end in time. */
  int waitFor(long seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not end within " + seconds + " s: " + this);
    }
    for (Thread reader : readers) {
      reader.join(5_000);
    }
    return process.exitValue();
  }

  /** Waits for a line on standard output. */
  String awaitOut(Predicate<String> wanted, long seconds) throws InterruptedException {
    return await(out, wanted, seconds);
  }

  /** Waits for a line on standard error. */
  String awaitErr(Predicate<String> wanted, long seconds) throws InterruptedException {
    return await(err, wanted, seconds);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    return name + "\nout: " + out + "\nerr: " + err;
  }

  private String await(List<String> lines, Predicate<String> wanted, long seconds)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < deadline) {
      for (String line : lines) {
        if (wanted.test(line)) {
          return line;
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError("no such line within " + seconds + " s: " + this);
  }

  private void read(BufferedReader from, List<String> into) {
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader lines = new BufferedReader(from)) {
                lines.lines().forEach(into::add);
              } catch (IOException | UncheckedIOException e) {
                into.add("(closed: " + e.getMessage() + ")");
              }
            });
    reader.setDaemon(true);
    reader.start();
    readers.add(reader);
  }
}
