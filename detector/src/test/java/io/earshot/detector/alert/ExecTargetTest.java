package io.earshot.detector.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecTargetTest {
  private static final Alert ALERT =
      AlertEvents.alert("7", "open", "yard", "Dog; $(rm -rf x)", 0.75).to("door", 2);

  @TempDir private Path folder;

  @Test
  void theCommandGetsTheAlertOnItsStandardInputAndInItsEnvironment() throws Exception {
    Outcome outcome =
        run(
            "cat > json; echo \"$1|$EARSHOT_LABEL|$EARSHOT_STATE|$EARSHOT_STREAM|$EARSHOT_ID|"
                + "$EARSHOT_CONFIDENCE|$EARSHOT_OFFSET|$EARSHOT_SUBSCRIPTION|$EARSHOT_SUPPRESSED|"
                + "$EARSHOT_KEY\" > variables");
    assertThat(outcome).isEqualTo(Outcome.DELIVERED);
    assertThat(folder.resolve("json")).hasBinaryContent(ALERT.json());
    assertThat(folder.resolve("variables"))
        .hasContent("a b|Dog; $(rm -rf x)|open|yard|7|0.75||door|2|7");
  }

  /** That a secret is not inherited is also seen where a process has one: AlertRolesIT. */
  @Test
  void noVariableOfEarshotsIsInheritedAndTheOthersAre() throws Exception {
    assertThat(run("env > all")).isEqualTo(Outcome.DELIVERED);
    assertThat(Files.readAllLines(folder.resolve("all")))
        .anyMatch(line -> line.equals("PATH=" + System.getenv("PATH")))
        .noneMatch(line -> line.startsWith("EARSHOT_KAFKA"))
        .filteredOn(line -> line.startsWith("EARSHOT_"))
        .hasSize(11);
  }

  @Test
  void anotherExitStatusIsAFailure() throws Exception {
    assertThat(run("exit 3")).isEqualTo(Outcome.failed("exit status 3"));
  }

  @Test
  void aCommandThatIsNotThereIsAFailure() {
    ExecSettings settings = new ExecSettings(List.of("/no/such"), Duration.ofSeconds(1));
    Outcome outcome = new ExecTarget(settings, "door").send(ALERT).join();
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
    assertThat(outcome.reason()).contains("/no/such", "No such file");
  }

  @Test
  void aCommandThatReadsNothingAndSaysMuchIsDelivered() throws Exception {
    assertThat(run("exec <&-; head -c 3000000 /dev/zero >&2; head -c 3000000 /dev/zero"))
        .isEqualTo(Outcome.DELIVERED);
  }

  @Test
  void aCommandThatDoesNotEndIsEndedWithItsChildren() throws Exception {
    long began = System.nanoTime();
    Outcome outcome = run("sleep 60 & echo $! > child; echo $$ > parent; wait", 1_000);
    assertThat(outcome).isEqualTo(Outcome.failed("did not end within 1000 ms"));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    for (String name : List.of("parent", "child")) {
      long pid = Long.parseLong(Files.readString(folder.resolve(name)).strip());
      Awaitility.await().until(() -> !isAlive(pid));
    }
  }

  @Test
  void whatStillRunsAtTheEndIsEndedWithItsChildren() throws Exception {
    ExecTarget target = target("sleep 60 & echo $! > child; echo $$ > parent; wait", 20_000);
    CompletableFuture<Outcome> outcome = target.send(ALERT);
    Awaitility.await().until(() -> Files.exists(folder.resolve("parent")));
    target.close();
    for (String name : List.of("parent", "child")) {
      long pid = Long.parseLong(Files.readString(folder.resolve(name)).strip());
      Awaitility.await().until(() -> !isAlive(pid));
    }
    assertThat(outcome.join().kind()).isEqualTo(Outcome.Kind.FAILED);
  }

  @Test
  void aChildThatIsLeftBehindHoldsNoThread() throws Exception {
    try {
      assertThat(run("sleep 60 & echo $! > child; echo done >&2")).isEqualTo(Outcome.DELIVERED);
      long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(Thread.getAllStackTraces().keySet())
                      .extracting(Thread::getName)
                      .doesNotContain("earshot-exec-door"));
      assertThat(isAlive(child)).as("it is the command's own").isTrue();
    } finally {
      long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
      ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /** One that has ended and that nobody has asked after is a zombie, and alive to Java. */
  private static boolean isAlive(long pid) throws Exception {
    Path stat = Path.of("/proc/" + pid + "/stat");
    return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
  }

  private Outcome run(String script) throws Exception {
    return run(script, 20_000);
  }

  private Outcome run(String script, long millis) throws Exception {
    return target(script, millis).send(ALERT).join();
  }

  private ExecTarget target(String script, long millis) throws Exception {
    Path file = Files.writeString(folder.resolve("script"), "cd " + folder + "\n" + script + "\n");
    ExecSettings settings =
        new ExecSettings(List.of("sh", file.toString(), "a b"), Duration.ofMillis(millis));
    return new ExecTarget(settings, "door");
  }
}
