package io.earshot.producer.source;

import static io.earshot.producer.testing.Programs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earshot.producer.testing.Sound;
import io.earshot.producer.testing.Tone;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoders that are fed hear what {@link FileSource} reads, however the bytes come. */
class FedDecodersTest {
  private static final String FFMPEG = "ffmpeg -v error -y -bitexact -i ";
  private static final int RATE = 44_100;

  /** Small frames of a variable rate lean on so many before them. */
  private static final int RESERVOIR_FRAMES = 12;

  @TempDir Path folder;

  @BeforeEach
  void sound() throws Exception {
    run(folder, "sox -R -n -r 44100 -c 2 -b 16 a.wav synth 2 sine 1000 sine 2000 gain -6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oggenc -Q a.wav -o b.ogg",
        "oggenc -Q --downmix --resample 11025 a.wav -o b.ogg",
        "ffmpeg -v error -i a.wav -c:a libvorbis b.ogg",
        "lame --quiet --preset standard a.wav b.mp3",
        "lame --quiet -b 128 --cbr a.wav b.mp3",
        "lame --quiet -m m -b 8 --resample 8 a.wav b.mp3",
        "lame --quiet -t a.wav b.mp3",
        "lame --quiet --tt Title --id3v2-only a.wav b.mp3",
        "ffmpeg -v error -i a.wav -c:a libshine b.mp3",
        "ffmpeg -v error -i a.wav -c:a mp2 b.mp2"
      })
  void bitForBitWhatTheFileHas(String encoder) throws Exception {
    run(folder, encoder);
    Path file = folder.resolve(encoder.substring(encoder.lastIndexOf(' ') + 1));
    byte[] bytes = Files.readAllBytes(file);
    Sound whole = Sound.of(file);
    Random random = new Random(4);
    for (Fed fed :
        new Fed[] {
          Fed.of(decoder(file), bytes, () -> bytes.length),
          Fed.of(decoder(file), bytes, () -> 1),
          Fed.of(decoder(file), bytes, () -> random.nextInt(5000))
        }) {
      assertThat(fed.shape).isEqualTo(whole.shape());
      assertThat(fed.begun).hasSize(1);
      assertThat(Arrays.mismatch(fed.samples(), whole.samples())).isEqualTo(-1);
      assertThat(fed.skipped).isZero();
      assertThat(fed.damaged).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-b 128 --cbr", "-V 3", "--resample 22.05 -m m -b 64 --cbr"})
  void whoJoinsAnMp3InTheMiddleHearsTheRest(String options) throws Exception {
    run(folder, "lame --quiet " + options + " a.wav b.mp3");
    byte[] bytes = Files.readAllBytes(folder.resolve("b.mp3"));
    byte[] rest = Arrays.copyOfRange(bytes, bytes.length / 3 + 100, bytes.length);
    Fed fed = Fed.of(FedMpeg::new, rest, () -> 333);
    assertThat(fed.damaged).isZero();
    float[] whole = Sound.of(folder.resolve("b.mp3")).samples();
    // In a broadcast nothing says how much of the end is the encoder's.
    int frame = 1152 * fed.shape.channels();
    int heard = fed.samples().length - (RESERVOIR_FRAMES + 3) * frame;
    assertThat(heard).isGreaterThan(whole.length / 4);
    int start = RESERVOIR_FRAMES * frame;
    int offset = place(whole, Arrays.copyOfRange(fed.samples(), start, start + 500));
    float[] last = Arrays.copyOfRange(fed.samples(), start, start + heard);
    float[] same = Arrays.copyOfRange(whole, offset, offset + last.length);
    assertThat(Arrays.mismatch(last, same)).isEqualTo(-1);
  }

  private static int place(float[] whole, float[] part) {
    for (int at = 0; at < whole.length - part.length; at++) {
      if (Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    throw new AssertionError("nowhere");
  }

  @Test
  void tagsBehindAnMp3AreNoDamage() throws Exception {
    run(folder, "lame --quiet a.wav 1.mp3");
    run(folder, "lame --quiet --tt Title --id3v1-only a.wav 2.mp3");
    Fed fed = Fed.of(FedMpeg::new, Files.readAllBytes(folder.resolve("2.mp3")), () -> 77);
    assertThat(fed.damaged).isZero();
    float[] untagged = Sound.of(folder.resolve("1.mp3")).samples();
    assertThat(Arrays.mismatch(fed.samples(), untagged)).isEqualTo(-1);
  }

  @Test
  void oggStreamsThatFollowEachOtherAreOneSessionWhileTheirFormStays() throws Exception {
    run(folder, "oggenc -Q -s 1 a.wav -o 1.ogg");
    run(folder, "oggenc -Q -s 2 a.wav -o 2.ogg");
    run(folder, "oggenc -Q -s 3 --resample 22050 a.wav -o 3.ogg");
    byte[] alike = join("1.ogg", "2.ogg");
    Fed fed = Fed.of(FedVorbis::new, alike, () -> 1000);
    assertThat(fed.begun).containsExactly("Ogg Vorbis");
    Sound both = Sound.of(Files.write(folder.resolve("both.ogg"), alike));
    assertThat(Arrays.mismatch(fed.samples(), both.samples())).isEqualTo(-1);
    fed = Fed.of(FedVorbis::new, join("1.ogg", "3.ogg"), () -> 1000);
    assertThat(fed.begun).containsExactly("Ogg Vorbis", "Ogg Vorbis");
    assertThat(fed.shape.rate()).isEqualTo(22_050);
    assertThat(fed.samples()).hasSize(4 * RATE + 2 * RATE);
  }

  @Test
  void mp3sThatFollowEachOtherKeepTheirLength() throws Exception {
    run(folder, "lame --quiet a.wav 1.mp3");
    run(folder, "lame --quiet --resample 22.05 a.wav 2.mp3");
    Fed fed = Fed.of(FedMpeg::new, join("1.mp3", "1.mp3"), () -> 1000);
    assertThat(fed.begun).containsExactly("MP3");
    assertThat(fed.samples()).as("each without the encoder's silence").hasSize(2 * 4 * RATE);
    fed = Fed.of(FedMpeg::new, join("1.mp3", "2.mp3"), () -> 1000);
    assertThat(fed.begun).containsExactly("MP3", "MP3");
    assertThat(fed.shape.rate()).isEqualTo(22_050);
  }

  /** Icecast sends the headers and then the pages that come. */
  @Test
  void whoJoinsAnOggStreamHearsTheRestAndNoDamage() throws Exception {
    noise();
    run(folder, "oggenc -Q c.wav -o b.ogg");
    byte[] bytes = Files.readAllBytes(folder.resolve("b.ogg"));
    int headers = page(bytes, 2);
    int middle = page(bytes, 5);
    byte[] joined = Arrays.copyOf(bytes, headers + bytes.length - middle);
    System.arraycopy(bytes, middle, joined, headers, bytes.length - middle);
    Fed fed = Fed.of(FedVorbis::new, joined, () -> 700);
    assertThat(fed.damaged).isZero();
    assertThat(fed.skipped).isZero();
    float[] whole = Sound.of(folder.resolve("b.ogg")).samples();
    assertThat(fed.samples().length).isBetween(whole.length / 4, whole.length - RATE / 10);
    float[] rest = Arrays.copyOfRange(whole, whole.length - fed.samples().length, whole.length);
    // The first block fades in: what overlaps with it was not heard.
    assertThat(Arrays.mismatch(fed.samples(), 2048, rest.length, rest, 2048, rest.length))
        .isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ogg", "mp3", "mp2"})
  void damageIsPassedOverAndCounted(String ending) throws Exception {
    run(folder, "sox -R -n -r 44100 -c 2 -b 16 c.wav synth 4 sine 1000 sine 2000 gain -6");
    run(folder, FFMPEG + "c.wav b." + ending);
    Path file = folder.resolve("b." + ending);
    byte[] bytes = Files.readAllBytes(file);
    new Random(1).ints(1500).forEach(new Damage(bytes, bytes.length / 2)::put);
    Fed fed = Fed.of(decoder(file), bytes, () -> 1000);
    assertThat(fed.begun).hasSize(1);
    assertThat(fed.damaged).isPositive();
    float[] left = new Sound(fed.shape, fed.samples()).channel(0);
    assertThat((left.length + fed.skipped) / (double) RATE).isCloseTo(4, within(0.15));
    for (int from : new int[] {RATE / 10, left.length - RATE}) {
      Tone tone = Tone.fit(left, 1000, RATE, from, from + RATE * 8 / 10);
      assertThat(tone.snrDecibels()).isGreaterThan(20);
    }
  }

  /** Where the damage is by chance everywhere, nothing worse happens than that nothing is heard. */
  @ParameterizedTest
  @ValueSource(strings = {"ogg", "mp3"})
  void noDamageBreaksADecoder(String ending) throws Exception {
    noise();
    run(folder, FFMPEG + "c.wav b." + ending);
    Path file = folder.resolve("b." + ending);
    byte[] whole = Files.readAllBytes(file);
    int heard = 0;
    for (int seed = 0; seed < 150; seed++) {
      byte[] bytes = whole.clone();
      Random random = new Random(seed);
      for (int i = random.nextInt(6); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        heard += Fed.of(decoder(file), bytes, () -> 500).samples().length > RATE ? 1 : 0;
      } catch (AudioException e) {
        assertThat(e).hasMessageNotContainingAny("null", "\n");
      }
    }
    assertThat(heard).as("many lose only a part").isGreaterThan(70);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "libopus ogg Opus",
        "flac ogg FLAC",
        "flac flac FLAC",
        "aac adts AAC",
        "aac mp4 MP4",
        "libopus webm WebM",
        "pcm_s16be aiff AIFF",
        "pcm_s16be au AU"
      })
  void whatCannotBeDecodedIsNamed(String what) throws Exception {
    String[] how = what.split(" ");
    run(folder, FFMPEG + "a.wav -ar 48000 -c:a %s -f %s b".formatted(how[0], how[1]));
    byte[] bytes = Files.readAllBytes(folder.resolve("b"));
    assertThatThrownBy(
            () -> {
              if (SoundKind.of(bytes, bytes.length, true).get() == SoundKind.VORBIS) {
                Fed.of(FedVorbis::new, bytes, () -> 100);
              }
            })
        .isInstanceOf(AudioException.class)
        .hasMessageContaining(how[2])
        .hasMessageEndingWith("allowed: WAV, Ogg Vorbis, MP3, raw PCM; ffmpeg:URL takes anything");
  }

  @Test
  void pagesOfTheWebAndPlaylistsAreNamed() {
    for (String text : new String[] {"<!DOCTYPE html>", "<HTML><head>", "#EXTM3U\nhttp://a"}) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      assertThatThrownBy(() -> SoundKind.of(bytes, bytes.length, false))
          .hasMessageContaining(text.startsWith("#") ? "a playlist" : "HTML");
    }
  }

  @Test
  void noiseIsNotTakenForSoundAndIsNotSearchedForEver() throws Exception {
    for (int seed = 0; seed < 50; seed++) {
      byte[] noise = new byte[100_000];
      new Random(seed).nextBytes(noise);
      assertThat(SoundKind.of(noise, noise.length, false)).contains(SoundKind.UNKNOWN);
      assertThatThrownBy(() -> Fed.of(FedMpeg::new, noise, () -> 1000))
          .hasMessageStartingWith("no MPEG audio in 64 KiB");
    }
  }

  /** What takes many pages. */
  private void noise() throws Exception {
    run(folder, "sox -R -n -r 44100 -c 2 -b 16 c.wav synth 4 pinknoise gain -9");
  }

  private static Function<FedDecoder.Listener, FedDecoder> decoder(Path file) {
    return file.toString().endsWith("ogg") ? FedVorbis::new : FedMpeg::new;
  }

  private byte[] join(String... names) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String name : names) {
      all.write(Files.readAllBytes(folder.resolve(name)));
    }
    return all.toByteArray();
  }

  /** Where the n-th page begins, counted from 0. */
  private static int page(byte[] bytes, int number) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = 0;
    for (int i = 0; i < number; i++) {
      at = text.indexOf("OggS", at + 1);
    }
    return at;
  }

  private static final class Damage {
    private final byte[] bytes;
    private int at;

    Damage(byte[] bytes, int at) {
      this.bytes = bytes;
      this.at = at;
    }

    void put(int value) {
      bytes[at++] = (byte) value;
    }
  }
}
