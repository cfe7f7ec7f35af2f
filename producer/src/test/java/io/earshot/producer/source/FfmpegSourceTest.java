package io.earshot.producer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.testing.Programs;
import io.earshot.producer.testing.Sound;
import io.earshot.producer.testing.Tone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FfmpegSourceTest {
  private static final Duration IDLE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  /** Megabytes of messages, one line of them without an end, while the sound comes. */
  @Test
  void endlessMessagesStopNeitherSoundNorMemory() throws Exception {
    Programs.run(
        folder, "ffmpeg -loglevel error -f lavfi -i sine=frequency=1003:duration=3 tone.flac");
    String noisy =
        program(
            "yes error | head -c 50000000 >&2; head -c 50000000 /dev/zero >&2; exec ffmpeg \"$@\"");
    try (FfmpegSource source = open(noisy, "tone.flac")) {
      Sound sound = Sound.of(source);
      assertThat(sound.seconds()).isEqualTo(3);
      assertThat(Tone.fit(sound.samples(), 1003, 44_100, 0, sound.frames()).snrDecibels())
          .isGreaterThan(75);
    }
  }

  @Test
  void itsLastWordsAreTheReason() throws Exception {
    String fails =
        program("printf 'first\\n[tcp @ 0x55ab] no way\\nConversion failed!\\n' >&2; exit 3");
    assertThatThrownBy(() -> open(fails, "tone.flac"))
        .isInstanceOf(AudioException.class)
        .hasMessage("ffmpeg: [tcp] no way");
    assertThatThrownBy(() -> open(program("exit 3"), "tone.flac"))
        .hasMessage("ffmpeg: ended with status 3");
    assertThatThrownBy(() -> open(program("echo This is no WAV at all."), "tone.flac"))
        .isInstanceOf(AudioException.class);
  }

  @Test
  void oneThatIsNotInstalledIsOneLine() {
    assertThatThrownBy(() -> open("ffmpeg-that-is-not-there", "tone.flac"))
        .isInstanceOf(MissingProgramException.class)
        .hasMessageContainingAll("not installed", "apt install ffmpeg");
  }

  /** One that neither writes nor heeds a signal. */
  @Test
  void openingCanBeGivenUpAndTheProcessIsGone() throws Exception {
    String deaf = program("trap '' TERM; echo $$ > pid; while :; do sleep 0.1; done");
    AtomicBoolean cancelled = new AtomicBoolean();
    CompletableFuture<Void> opening =
        CompletableFuture.runAsync(
            () ->
                assertThatThrownBy(
                        () -> FfmpegSource.open(deaf, FfmpegInput.parse("x"), IDLE, cancelled::get))
                    .hasMessage("ffmpeg: stopped"));
    Path pid = folder.resolve("pid");
    await().until(() -> Files.exists(pid) && Files.readString(pid).endsWith("\n"));
    ProcessHandle process = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).get();
    cancelled.set(true);
    opening.get();
    await().until(() -> !process.isAlive());
  }

  private FfmpegSource open(String program, String file) throws Exception {
    return FfmpegSource.open(
        program, FfmpegInput.parse(folder.resolve(file).toString()), IDLE, () -> false);
  }

  private String program(String script) throws Exception {
    Path file = Files.createTempFile(folder, "program", ".sh");
    Files.writeString(file, "#!/bin/sh\ncd '%s'\n%s\n".formatted(folder, script));
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file.toString();
  }
}
