package io.earshot.producer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.producer.clock.Moment;
import io.earshot.producer.convert.SampleFormat;
import io.earshot.producer.net.SoundHint.Otherwise;
import io.earshot.producer.source.AudioException;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.stream.RawPcm;
import io.earshot.producer.testing.OggBytes;
import io.earshot.producer.testing.Programs;
import io.earshot.producer.testing.Sound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSoundTest {
  private static final SoundHint HINT = SoundHint.of(Otherwise.RAW, RawPcm.DEFAULT);

  @TempDir private Path folder;

  /** As the JDK reads the same file. */
  @ParameterizedTest
  @CsvSource({
    "pcm_u8, u8",
    "pcm_s16le, s16le",
    "pcm_s24le, s24le",
    "pcm_s32le, s32le",
    "pcm_f32le, f32le",
    "pcm_mulaw, ulaw"
  })
  void aWavIsReadHoweverItIsCut(String codec, String said) throws Exception {
    Path file = folder.resolve("tone.wav");
    Programs.run(
        folder,
        "ffmpeg -f lavfi -i sine=frequency=440:sample_rate=22050:duration=0.5 -ac 2 -c:a %s %s"
            .formatted(codec, file));
    Heard heard = new Heard();
    feed(heard, Files.readAllBytes(file));
    assertThat(heard.format).isEqualTo("WAV " + said + ", 22050 Hz, 2 channels");
    assertThat(heard.shape).isEqualTo(new AudioShape(22_050, 2));
    assertThat(Arrays.copyOf(heard.samples, heard.filled)).isEqualTo(Sound.of(file).samples());
  }

  /** So tcp: goes on with its next sender. */
  @Test
  void anOggThatClaimsGigabytesIsRefusedOrPassedOver() throws IOException {
    OggBytes comments =
        new OggBytes()
            .packet(OggBytes.identification(1, 16_000))
            .packet(OggBytes.comments(0x7ffffffe));
    Heard heard = new Heard();
    feed(heard, comments.bytes());
    assertThat(heard.filled).isZero();
    byte[] books = comments.packet(OggBytes.setup(0xffffff)).bytes();
    assertThatThrownBy(() -> feed(new Heard(), books))
        .isInstanceOf(AudioException.class)
        .hasMessage("the Vorbis headers are damaged");
  }

  @Test
  void whatIsNoWavIsRawHoweverItIsCut() throws IOException {
    byte[] bytes = new byte[20_001];
    new Random(3).nextBytes(bytes);
    Heard heard = new Heard();
    feed(heard, bytes);
    assertThat(heard.format).isEqualTo("s16le, 16000 Hz, 1 channel");
    assertThat(heard.filled).isEqualTo(10_000);
    float[] expected = new float[10_000];
    SampleFormat.S16LE.decode(bytes, 0, expected, 0, 10_000);
    assertThat(Arrays.copyOf(heard.samples, heard.filled)).isEqualTo(expected);
  }

  /** An hour of it may be a megabyte. */
  @Test
  void silenceIsDecodedAsThereIsRoomForIt() throws Exception {
    Programs.require("ffmpeg");
    Programs.run(
        folder,
        "ffmpeg -f lavfi -i anullsrc=sample_rate=16000:channel_layout=mono -t 300 -c:a libvorbis"
            + " silence.ogg");
    byte[] silence = Files.readAllBytes(folder.resolve("silence.ogg"));
    Length heard = new Length();
    ByteSound sound = new ByteSound(HINT, heard, () -> heard.room <= 0);
    heard.room = 160_000;
    sound.add(ByteBuffer.wrap(silence), new Moment(0, 0));
    assertThat(heard.frames).as("a slice more").isBetween(160_000L, 320_000L);
    sound.end(new Moment(1, 0));
    assertThat(heard.frames).isLessThan(320_000);
    for (int i = 0; sound.isBehind(); i++) {
      assertThat(i).as("goes on").isLessThan(300);
      heard.room = 16_000;
      sound.goOn(new Moment(i, 0));
    }
    assertThat(heard.frames).isEqualTo(300 * 16_000);
  }

  /**
   * A radio's songs are a chain, but whoever changes the rate all the time has a filter made each
   * time.
   */
  @Test
  void whatBeginsAnewAllTheTimeIsRefused() throws Exception {
    Programs.require("ffmpeg");
    String ogg = "ffmpeg -f lavfi -i sine=sample_rate=%d -t %s -c:a libvorbis %s.ogg";
    Programs.run(folder, ogg.formatted(16_000, "1.2", "song"));
    Programs.run(folder, ogg.formatted(44_100, "1.2", "other"));
    Programs.run(folder, ogg.formatted(44_100, "0.01", "first"));
    Programs.run(folder, ogg.formatted(48_000, "0.01", "second"));
    Length songs = chain(20, "song", "other");
    assertThat(songs.frames).isEqualTo(10 * (19_200 + 52_920));
    assertThatThrownBy(() -> chain(20, "first", "second"))
        .isInstanceOf(AudioException.class)
        .hasMessage("begins anew 11 times in 0 s of sound");
  }

  private Length chain(int links, String even, String odd) throws IOException {
    Length heard = new Length();
    ByteSound sound = new ByteSound(HINT, heard);
    for (int i = 0; i < links; i++) {
      Path link = folder.resolve((i % 2 == 0 ? even : odd) + ".ogg");
      sound.add(ByteBuffer.wrap(Files.readAllBytes(link)), new Moment(0, 0));
    }
    sound.end(new Moment(0, 0));
    return heard;
  }

  private static final class Length implements ByteSound.Listener {
    private long frames;
    private long room;

    @Override
    public void begins(AudioShape shape, String format) {}

    @Override
    public void sound(long position, float[] interleaved, int count, Moment arrival) {
      frames += count;
      room -= count;
    }

    @Override
    public void damaged() {
      throw new AssertionError("nothing is");
    }
  }

  @Test
  void damagedHeadersAreRefusedAndNoneIsReadForEver() {
    assertRefused(wav(1, 16, 1000), "rate is 1000 Hz");
    assertRefused(wav(2, 4, 16_000), "encoding 2 with 4 bits");
    assertRefused(
        ByteBuffer.wrap("RIFFxxxxAVI LIST".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
        "no WAVE");
    ByteBuffer endless = ByteBuffer.allocate(100_000).order(ByteOrder.LITTLE_ENDIAN);
    endless.put(wav(1, 16, 16_000)).position(36).putInt(0x5453_494c).putInt(-1).rewind();
    assertRefused(endless, "within 64 KiB");
  }

  private static void assertRefused(ByteBuffer bytes, String why) {
    ByteSound sound = new ByteSound(HINT, new Heard());
    assertThatThrownBy(() -> sound.add(bytes, new Moment(0, 0)))
        .isInstanceOf(AudioException.class)
        .hasMessageContaining(why);
  }

  private static ByteBuffer wav(int tag, int bits, int rate) {
    ByteBuffer bytes = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(0x4646_4952).putInt(-1).putInt(0x4556_4157);
    bytes.putInt(0x2074_6d66).putInt(16).putShort((short) tag).putShort((short) 1);
    bytes.putInt(rate).putInt(2 * rate).putShort((short) 2).putShort((short) bits);
    return bytes.putInt(0x6174_6164).putInt(-1).rewind();
  }

  private static void feed(Heard heard, byte[] bytes) throws IOException {
    ByteSound sound = new ByteSound(HINT, heard);
    Random random = new Random(bytes.length);
    for (int at = 0; at < bytes.length; ) {
      int count = Math.min(bytes.length - at, random.nextInt(100));
      sound.add(ByteBuffer.wrap(bytes, at, count), new Moment(0, 0));
      at += count;
    }
  }

  private static final class Heard implements ByteSound.Listener {
    private final float[] samples = new float[100_000];
    private AudioShape shape;
    private String format;
    private int filled;

    @Override
    public void begins(AudioShape itsShape, String itsFormat) {
      shape = itsShape;
      format = itsFormat;
    }

    @Override
    public void sound(long position, float[] interleaved, int frames, Moment arrival) {
      assertThat(position * shape.channels()).isEqualTo(filled);
      System.arraycopy(interleaved, 0, samples, filled, frames * shape.channels());
      filled += frames * shape.channels();
    }

    @Override
    public void damaged() {
      throw new AssertionError("nothing is");
    }
  }
}
