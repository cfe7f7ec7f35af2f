package io.earshot.producer.source;

import static io.earshot.producer.testing.Programs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earshot.producer.testing.Sound;
import io.earshot.producer.testing.Tone;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What sox, ffmpeg, flac, lame and oggenc write is read as what was put in. */
class EncodersTest {
  private static final String FFMPEG = "ffmpeg -v error -y -bitexact -i ";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "wav, -e unsigned -b 8, 35",
    "wav, -e signed -b 16, 85",
    "wav, -e signed -b 24, 125",
    "wav, -e signed -b 32, 125",
    "wav, -e float -b 32, 125",
    "wav, -e float -b 64, 125",
    "wav, -e a-law, 30",
    "wav, -e mu-law, 30",
    "aiff, -e signed -b 8, 35",
    "aiff, -e signed -b 16, 85",
    "aiff, -e signed -b 24, 125",
    "aiff, -e signed -b 32, 125",
    "au, -e signed -b 8, 35",
    "au, -e signed -b 16, 85",
    "au, -e signed -b 24, 125",
    "au, -e float -b 32, 125",
    "au, -e mu-law, 30",
    "flac, -b 8, 35",
    "flac, -b 16, 85",
    "flac, -b 24, 125",
    "ogg, , 20"
  })
  void everyFormatAndEncoding(String ending, String encoding, double decibels) throws Exception {
    String options = encoding == null ? "" : encoding + " ";
    int rate = 22_050;
    // Without dither sox repeats its rounding errors and they stand out as tones.
    run(
        folder,
        "sox -R -n -r %d -c 2 %sa.%s synth 1 sine 1000 sine 2000 gain -6"
            .formatted(rate, options, ending));
    Sound sound = Sound.of(folder.resolve("a." + ending));
    assertThat(sound.shape()).isEqualTo(new AudioShape(rate, 2));
    assertThat(sound.frames()).isCloseTo(rate, within(0));
    for (int channel = 0; channel < 2; channel++) {
      Tone tone =
          Tone.fit(sound.channel(channel), 1000 * (channel + 1), rate, 2500, sound.frames() - 2500);
      assertThat(tone.amplitude()).isCloseTo(0.501, within(0.02));
      assertThat(tone.snrDecibels()).isGreaterThan(decibels);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "8000, 1",
    "8000, 6",
    "11025, 1",
    "11025, 6",
    "22050, 2",
    "37800, 1",
    "37800, 6",
    "48000, 8",
    "96000, 2",
    "192000, 1",
    "192000, 6"
  })
  void everyRateAndChannelCount(int rate, int channels) throws Exception {
    run(
        folder,
        "sox -R -n -r %d -c %d -b 16 a.wav synth 0.7 sine 1000 gain -6".formatted(rate, channels));
    run(folder, "sox a.wav a.aiff");
    run(folder, "sox a.wav a.au");
    run(folder, "flac -s a.wav -o a.flac");
    run(folder, "oggenc -Q a.wav -o a.ogg");
    Sound wav = Sound.of(folder.resolve("a.wav"));
    assertThat(wav.shape()).isEqualTo(new AudioShape(rate, channels));
    for (String name : new String[] {"a.aiff", "a.au", "a.flac"}) {
      assertThat(wav.largestDifference(Sound.of(folder.resolve(name)))).as(name).isZero();
    }
    Sound ogg = Sound.of(folder.resolve("a.ogg"));
    assertThat(ogg.shape()).isEqualTo(wav.shape());
    assertThat(ogg.frames()).isEqualTo(wav.frames());
    assertThat(Tone.fit(ogg.channel(channels - 1), 1000, rate, 500, ogg.frames() - 500))
        .satisfies(tone -> assertThat(tone.snrDecibels()).isGreaterThan(20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--preset standard", "-b 128 --cbr", "-V 5", "-m m -b 64", "--resample 11.025"})
  void mp3IsWhatFfmpegMakesOfIt(String options) throws Exception {
    run(folder, "sox -R -n -r 44100 -c 2 -b 16 a.wav synth 2 sine 300-3000 pinknoise gain -9");
    run(folder, "lame --quiet " + options + " a.wav a.mp3");
    run(folder, FFMPEG + "a.mp3 -c:a pcm_f32le decoded.wav");
    Sound sound = Sound.of(folder.resolve("a.mp3"));
    assertThat(sound.largestDifference(Sound.of(folder.resolve("decoded.wav")))).isLessThan(2);
    assertThat(sound.seconds()).as("the encoder's silence is cut off").isCloseTo(2, within(1e-3));
  }

  @ParameterizedTest
  @CsvSource({"libshine, mp3", "mp2, mp2"})
  void otherEncodersOfMpegAudioToo(String codec, String ending) throws Exception {
    run(folder, "sox -R -n -r 44100 -c 2 -b 16 a.wav synth 2 sine 300-3000 pinknoise gain -9");
    run(folder, FFMPEG + "a.wav -c:a " + codec + " a." + ending);
    run(folder, FFMPEG + "a." + ending + " -c:a pcm_f32le decoded.wav");
    Sound decoded = Sound.of(folder.resolve("decoded.wav"));
    assertThat(Sound.of(folder.resolve("a." + ending)).largestDifference(decoded)).isLessThan(2);
  }

  @Test
  void pictureTagsBeforeAnMp3AreSteppedOver() throws Exception {
    run(folder, "sox -R -n -r 44100 -c 2 -b 16 a.wav synth 1 sine 1000 gain -6");
    run(folder, "lame --quiet a.wav a.mp3");
    run(
        folder,
        "ffmpeg -v error -f lavfi -i nullsrc=s=1500x1000,geq=random(1)*255:128:128"
            + " -frames:v 1 cover.png");
    assertThat(Files.size(folder.resolve("cover.png"))).isGreaterThan(1 << 20);
    run(folder, FFMPEG + "a.mp3 -i cover.png -map 0 -map 1 -c copy -id3v2_version 3 tagged.mp3");
    assertThat(Sound.of(folder.resolve("tagged.mp3")))
        .satisfies(sound -> assertThat(sound.frames()).isEqualTo(44_100));
  }

  /** JLayer does not take a frame for one that a tag follows. */
  @Test
  void aTagBehindAnMp3CostsNoSound() throws Exception {
    run(folder, "sox -R -n -r 44100 -c 2 -b 16 a.wav synth 1 sine 300-3000 gain -6");
    run(folder, "lame --quiet -b 128 --cbr -t --tt Title --id3v1-only a.wav a.mp3");
    run(folder, FFMPEG + "a.mp3 -c:a pcm_f32le decoded.wav");
    Sound sound = Sound.of(folder.resolve("a.mp3"));
    assertThat(sound.frames()).isEqualTo(Sound.of(folder.resolve("decoded.wav")).frames());
  }

  @Test
  void soundWrittenToAPipeHasNoLengthInItsHeader() throws Exception {
    run(folder, "sox -R -n -r 16000 -c 1 -b 16 a.wav synth 1 sine 1000 gain -6");
    // To a fifo or pipe ffmpeg cannot go back to write the length.
    run(folder, FFMPEG + "a.wav -f wav -seekable 0 piped.wav");
    run(folder, FFMPEG + "a.wav -f flac -seekable 0 piped.flac");
    assertThat(Sound.of(folder.resolve("piped.wav")).frames()).isEqualTo(16_000);
    assertThat(Sound.of(folder.resolve("piped.flac")).frames()).isEqualTo(16_000);
  }

  @Test
  void oggStreamsThatFollowEachOtherAreJoined() throws Exception {
    run(folder, "sox -R -n -r 16000 -c 1 -b 16 a.wav synth 1 sine 1000 gain -6");
    run(folder, "oggenc -Q -s 1 a.wav -o a.ogg");
    run(folder, "oggenc -Q -s 2 a.wav -o b.ogg");
    byte[] first = Files.readAllBytes(folder.resolve("a.ogg"));
    byte[] second = Files.readAllBytes(folder.resolve("b.ogg"));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    Path file = Files.write(folder.resolve("both.ogg"), both);
    assertThat(Sound.of(file).frames()).isEqualTo(32_000);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.01, 0.1, 0.5})
  void shortSoundsSurvive(double seconds) throws Exception {
    run(folder, "sox -R -n -r 16000 -c 1 -b 16 a.wav synth " + seconds + " sine 1000 gain -6");
    int frames = (int) Math.round(16_000 * seconds);
    for (String ending : new String[] {"flac", "aiff", "au", "ogg"}) {
      run(folder, "sox a.wav a." + ending);
      assertThat(Sound.of(folder.resolve("a." + ending)).frames()).as(ending).isEqualTo(frames);
    }
    run(folder, "lame --quiet a.wav a.mp3");
    // LAME's note about its delay does not fit into frames as small as these.
    assertThat(Sound.of(folder.resolve("a.mp3")).frames()).isBetween(frames, frames + 4 * 576);
  }

  @ParameterizedTest
  @CsvSource({"libopus, ogg, Opus", "flac, ogg, FLAC", "aac, m4a, not a sound file"})
  void whatCannotBeReadIsNamed(String codec, String ending, String said) throws Exception {
    run(folder, "sox -R -n -r 48000 -c 1 -b 16 a.wav synth 1 sine 1000 gain -6");
    run(folder, FFMPEG + "a.wav -c:a " + codec + " a." + ending);
    BrokenFilesTest.assertRefused(folder.resolve("a." + ending), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ogg", "mp3", "flac", "wav"})
  void damageInTheMiddleCostsLittleAndWritesNothingToStandardOutput(String ending)
      throws Exception {
    run(folder, "sox -R -n -r 44100 -c 2 -b 16 a.wav synth 4 pinknoise gain -9");
    run(folder, FFMPEG + "a.wav b." + ending);
    Path file = folder.resolve("b." + ending);
    byte[] bytes = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      bytes[bytes.length / 2 + i] = (byte) random.nextInt();
    }
    Files.write(file, bytes);
    PrintStream out = System.out;
    var captured = new ByteArrayOutputStream();
    System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      assertThat(Sound.of(file).seconds()).isCloseTo(4, within(0.001));
    } finally {
      System.setOut(out);
    }
    assertThat(captured.size()).isZero();
  }
}
