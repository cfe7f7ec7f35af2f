package io.earshot.producer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.convert.Conditioning;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.live.LiveStream;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.stream.Pace;
import io.earshot.producer.stream.Playback;
import io.earshot.producer.stream.StreamSettings;
import io.earshot.producer.testing.Frames;
import io.earshot.producer.testing.Programs;
import io.earshot.producer.testing.Tone;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders of files that sox writes: each file is a tone of its own. */
@Timeout(60)
class FolderStreamsTest {
  @TempDir private Path folder;
  @TempDir private Path workshop;
  private final List<Frame> frames = new CopyOnWriteArrayList<>();
  private final Streams streams = new Streams(frames::add);

  @AfterEach
  void close() throws IOException {
    streams.close();
  }

  @Test
  void filesComeInTheOrderOfTheirNamesEachASession() throws Exception {
    tone("c.flac", 48_000, 1, 900, 0.5);
    tone("a.wav", 44_100, 2, 500, 1);
    tone("b/1.ogg", 16_000, 1, 700, 0.7);
    Files.writeString(folder.resolve("a.txt"), "no sound");
    Files.writeString(folder.resolve("z.jpg"), "no sound");
    // After the others, with subfolders of no use.
    Files.createDirectories(folder.resolve("y/y"));
    LiveStream stream = open(false);
    await().until(() -> stream.status().state() == State.CLOSED);
    streams.close();
    assertTones(List.of(500, 700, 900), List.of(1.0, 0.7, 0.5));
    assertThat(frames.stream().filter(Frame::end)).hasSize(3);
    assertThat(stream.status().refused()).containsOnlyKeys("not_sound").containsValue(2L);
    assertThat(stream.status().problem()).isEmpty();
    assertThat(stream.status().connections()).isEqualTo(3);
  }

  @Test
  void filesThatCannotBeReadAreToldAndPassedOver() throws Exception {
    tone("a.wav", 16_000, 1, 500, 0.5);
    Files.writeString(folder.resolve("b.wav"), "RIFFxxxxWAVEfmt and then nonsense");
    tone("c.wav", 16_000, 1, 900, 0.5);
    Files.writeString(folder.resolve("d.flac"), "fLaC and then nonsense");
    LiveStream stream = open(false);
    await().until(() -> stream.status().state() == State.CLOSED);
    streams.close();
    assertTones(List.of(500, 900), List.of(0.5, 0.5));
    assertThat(stream.status().problem()).startsWith(folder.resolve("d.flac") + ": ");
  }

  @Test
  void filesWithoutTheWantedChannelArePassedOver() throws Exception {
    tone("a.wav", 16_000, 1, 500, 0.5);
    tone("b.wav", 16_000, 2, 900, 0.5);
    tone("c.wav", 16_000, 1, 500, 0.5);
    LiveStream stream =
        streams.open(
            StreamSettings.of("hall", "file:" + folder)
                .with(new Playback(Pace.FAST, false))
                .with(new Conditioning(1, 0, 0)));
    await().until(() -> stream.status().state() == State.CLOSED);
    streams.close();
    assertTones(List.of(900), List.of(0.5));
    assertThat(stream.status().problem()).isEqualTo("channel 1 of 1, allowed: 0 to 0");
  }

  /** Also from one file to the next. */
  @Test
  void whatIsReadAheadHasTheTimesOfItsSamples() throws Exception {
    tone("a.wav", 44_100, 2, 500, 0.5);
    tone("b.wav", 16_000, 1, 900, 0.5);
    LiveStream stream = open(false);
    await().until(() -> stream.status().state() == State.CLOSED);
    streams.close();
    long start = frames.get(0).captureMillis();
    long samples = 0;
    for (Frame frame : frames) {
      assertThat((double) frame.captureMillis() - start).isCloseTo(samples / 16.0, within(1.5));
      samples += frame.samples();
    }
    assertThat(samples).isEqualTo(16_000);
  }

  @Test
  void aLoopWithoutSoundIsNoRace() throws Exception {
    tone("a.wav", 16_000, 1, 500, 0);
    LiveStream stream = open(true);
    await().until(() -> stream.status().connections() > 0);
    await()
        .during(Duration.ofSeconds(1))
        .until(() -> stream.status().connections() < 10 && frames.isEmpty());
  }

  @Test
  void aLoopFindsWhatWasAdded() throws Exception {
    tone("a.wav", 16_000, 1, 500, 0.5);
    Files.writeString(folder.resolve("readme"), "no sound");
    LiveStream stream = open(true);
    await().until(() -> Frames.sessions(frames).size() > 3);
    tone("b.wav", 16_000, 1, 900, 0.25);
    frames.clear();
    await()
        .until(
            () -> frames.stream().filter(Frame::end).anyMatch(frame -> is(frame.session(), 900)));
    assertThat(stream.status().refused()).as("told once").containsEntry("not_sound", 1L);
    assertThat(stream.status().state()).isNotEqualTo(State.CLOSED);
  }

  /** So do folders that are yet to be made. */
  @Test
  void anEmptyFolderWaitsForItsFirstFile() throws Exception {
    Path later = folder.resolve("later");
    LiveStream stream = open(later, false);
    await().until(() -> stream.status().problem().equals(later + ": no such file"));
    Files.createDirectory(later);
    await().until(() -> stream.status().problem().startsWith(later + ": holds no sound file"));
    assertThat(stream.status().state()).isEqualTo(State.CONNECTING);
    tone("later/a.wav", 16_000, 1, 500, 0.5);
    await().until(() -> stream.status().state() == State.CLOSED);
    streams.close();
    assertTones(List.of(500), List.of(0.5));
  }

  @Test
  void aSingleFileLoopsAsOneSession() throws Exception {
    tone("a.wav", 16_000, 1, 500, 0.5);
    LiveStream stream = open(folder.resolve("a.wav"), true);
    await().until(() -> stream.status().counts().frames() > 50);
    stream.close();
    assertThat(Frames.sessions(frames)).hasSize(1);
    float[] sound = Frames.samples(frames, frames.get(0).session());
    assertThat(Tone.fit(sound, 500, 16_000, 0, 8000 * 9).snrDecibels())
        .as("whole periods in the file: no seam")
        .isGreaterThan(60);
  }

  /** What is before the break is heard once. */
  @Test
  void aSingleFileThatBreaksInTheMiddleHasFailed() throws Exception {
    Path file = brokenVorbis();
    LiveStream stream = open(file, false);
    await().until(() -> stream.status().state() == State.FAILED);
    assertThat(stream.status().problem()).startsWith(file + ": unreadable after 0.");
    assertThat(stream.status().connections()).isEqualTo(1);
    streams.close();
    assertTones(List.of(500), List.of(0.5));
  }

  @Test
  void aSingleFileThatBreaksInTheMiddleIsPlayedAgainByALoop() throws Exception {
    LiveStream stream = open(brokenVorbis(), true);
    await().until(() -> stream.status().connections() > 1);
    assertThat(stream.status().problem()).contains("unreadable after 0.");
  }

  /** Half a second at 16 kHz, and then, as the same file, at 48 kHz. */
  private Path brokenVorbis() throws Exception {
    tone("a.ogg", 16_000, 1, 500, 0.5);
    tone("b.ogg", 48_000, 1, 900, 0.5);
    Path file = folder.resolve("c.ogg");
    try (OutputStream out = Files.newOutputStream(file)) {
      Files.copy(folder.resolve("a.ogg"), out);
      Files.copy(folder.resolve("b.ogg"), out);
    }
    return file;
  }

  private LiveStream open(boolean loop) {
    return open(folder, loop);
  }

  private LiveStream open(Path path, boolean loop) {
    return streams.open(
        StreamSettings.of("hall", "file:" + path).with(new Playback(Pace.FAST, loop)));
  }

  private void tone(String name, int rate, int channels, int hertz, double seconds)
      throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Path made = workshop.resolve(file.getFileName());
    Programs.run(
        workshop,
        "sox -R -n -r %d -c %d %s synth 1 sine %d vol 0.5 trim 0 %s"
            .formatted(rate, channels, made, hertz, seconds));
    // Whole at once: a loop must not see a part of it.
    Files.move(made, file);
  }

  private void assertTones(List<Integer> hertz, List<Double> seconds) {
    List<String> sessions = Frames.sessions(frames);
    assertThat(sessions).hasSameSizeAs(hertz);
    for (int i = 0; i < hertz.size(); i++) {
      assertThat(is(sessions.get(i), hertz.get(i))).as("%d Hz", hertz.get(i)).isTrue();
      assertThat(Frames.samples(frames, sessions.get(i)).length / 16_000.0)
          .isCloseTo(seconds.get(i), within(0.001));
    }
  }

  private boolean is(String session, int hertz) {
    float[] sound = Frames.samples(frames, session);
    return Tone.fit(sound, hertz, 16_000, 500, sound.length - 500).snrDecibels() > 15;
  }
}
