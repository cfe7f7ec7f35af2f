package io.earshot.detector.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a command for each alert: JSON on its standard input, the main fields in its environment.
 * Exit status 0 is a delivery.
 */
final class ExecTarget implements Target {
  private static final Logger log = LoggerFactory.getLogger(ExecTarget.class);
  private static final String OWN_VARIABLES = "EARSHOT_";
  private static final int ERROR_BYTES = 2_000;
  private static final long ERROR_MILLIS = 200;
  private static final long LISTEN_MILLIS = 10;
  private static final List<String> FIELDS =
      List.of(
          "id",
          "state",
          "stream",
          "label",
          "onset",
          "offset",
          "confidence",
          "level_dbfs",
          "subscription",
          "suppressed");

  private final ExecSettings settings;
  private final String subscription;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  ExecTarget(ExecSettings settings, String subscription) {
    this.settings = settings;
    this.subscription = subscription;
  }

  @Override
  public CompletableFuture<Outcome> send(Alert alert) {
    Process process;
    try {
      process = builder(alert).start();
    } catch (IOException e) {
      return CompletableFuture.completedFuture(Outcome.failed(e.getMessage()));
    }
    running.add(process);
    CompletableFuture<String> said =
        CompletableFuture.supplyAsync(() -> said(process), this::start);
    start(() -> write(process, alert.json()));
    return process
        .onExit()
        .copy()
        .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .handleAsync(
            (ended, late) -> {
              if (late != null) {
                end(process);
              }
              running.remove(process);
              tell(said);
              return late == null ? outcome(process.exitValue()) : late();
            },
            this::start);
  }

  /** What has not succeeded by now will be run again. */
  @Override
  public void close() {
    running.forEach(ExecTarget::end);
  }

  private ProcessBuilder builder(Alert alert) {
    ProcessBuilder builder =
        new ProcessBuilder(settings.command()).redirectOutput(Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    // Earshot's own are where secrets are kept.
    environment.keySet().removeIf(name -> name.startsWith(OWN_VARIABLES));
    for (String field : FIELDS) {
      String name = OWN_VARIABLES + field.toUpperCase(Locale.ROOT);
      environment.put(name, variable(alert, field));
    }
    environment.put(OWN_VARIABLES + "KEY", alert.key());
    return builder;
  }

  /** Empty for what is null, as the offset of an open event; an environment holds no NUL. */
  private static String variable(Alert alert, String field) {
    return alert.body().path(field).asText("").replace("\0", "");
  }

  private void start(Runnable work) {
    Thread thread = new Thread(work, "earshot-exec-" + subscription);
    thread.setDaemon(true);
    thread.start();
  }

  private static void write(Process process, byte[] json) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(json);
    } catch (IOException e) {
      // A command need not read what it is told.
    }
  }

  /** What it says on standard error, as far as that is kept; it may say more. */
  private static String said(Process process) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    try (InputStream err = process.getErrorStream()) {
      listen(process, err, kept);
    } catch (IOException e) {
      // It has ended, and what it said until then is here.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return kept.toString(UTF_8);
  }

  /** Never waits in a read: a child that is left behind may hold the other end for ever. */
  private static void listen(Process process, InputStream err, ByteArrayOutputStream kept)
      throws IOException, InterruptedException {
    boolean alive = true;
    while (alive) {
      // In this order, or its last words would be missed.
      alive = process.isAlive();
      for (int ready = err.available(); ready > 0; ready = err.available()) {
        byte[] read = err.readNBytes(ready);
        kept.write(read, 0, Math.min(read.length, ERROR_BYTES - kept.size()));
      }
      if (alive) {
        TimeUnit.MILLISECONDS.sleep(LISTEN_MILLIS);
      }
    }
  }

  private static void end(Process process) {
    // While it lives it can still be asked for its children.
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private void tell(CompletableFuture<String> said) {
    String text = said.completeOnTimeout("", ERROR_MILLIS, TimeUnit.MILLISECONDS).join();
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    if (!line.isEmpty()) {
      log.info("alerts {}: the command says: {}", subscription, line);
    }
  }

  private static Outcome outcome(int status) {
    return status == 0 ? Outcome.DELIVERED : Outcome.failed("exit status " + status);
  }

  private Outcome late() {
    return Outcome.failed("did not end within " + settings.timeout().toMillis() + " ms");
  }
}
