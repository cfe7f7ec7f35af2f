package io.earshot.producer.source;

import static io.earshot.producer.testing.OggBytes.comments;
import static io.earshot.producer.testing.OggBytes.identification;
import static io.earshot.producer.testing.OggBytes.setup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.earshot.producer.testing.OggBytes;
import io.earshot.producer.testing.Programs;
import io.earshot.producer.testing.Sound;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small streams that say they are large. */
class HostileVorbisTest {
  private static final String DAMAGED = "the Vorbis headers are damaged";
  private static final byte[] FINE = identification(1, 16_000);

  @TempDir Path folder;

  @Test
  void commentsThatClaimGigabytes() throws Exception {
    OggBytes ogg = new OggBytes().packet(FINE).packet(comments(0x7ffffffe));
    assertRefusedCheaply(ogg, DAMAGED);
  }

  @Test
  void codebooksThatClaimGigabytes() throws Exception {
    OggBytes ogg = new OggBytes().packet(FINE).packet(comments(0)).packet(setup(0xffffff));
    assertRefusedCheaply(ogg, DAMAGED);
    assertFedRefused(ogg, DAMAGED);
  }

  @Test
  void moreChannelsThanAreAllowed() throws Exception {
    OggBytes ogg = new OggBytes().packet(identification(255, 16_000));
    assertRefused(ogg, "255 channels, allowed: 1 to 64");
    assertFedRefused(ogg, "255 channels, allowed: 1 to 64");
  }

  @Test
  void ratesThatAreNotAllowed() throws Exception {
    OggBytes ogg = new OggBytes().packet(identification(1, 1));
    assertRefused(ogg, "rate is 1 Hz, allowed: 8000 to 192000 Hz");
    assertFedRefused(ogg, "rate is 1 Hz, allowed: 8000 to 192000 Hz");
  }

  @Test
  void aPacketWithoutEnd() throws Exception {
    OggBytes ogg = new OggBytes().packet(FINE);
    for (int page = 0; page < 140; page++) {
      ogg.endless();
    }
    assertRefused(ogg, "an Ogg packet that does not end within 8 MiB");
    assertFedRefused(ogg, "an Ogg packet that does not end within 8 MiB");
  }

  /** All that encoders write is within the limits. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "oggenc -Q -q 10 a.wav -o b.ogg",
        "oggenc -Q -q -1 a.wav -o b.ogg",
        "oggenc -Q -q 10 --resample 192000 a.wav -o b.ogg",
        "oggenc -Q -q 0 --downmix --resample 8000 a.wav -o b.ogg",
        "ffmpeg -v error -i a.wav -ac 6 -c:a libvorbis -q:a 9 b.ogg",
        "ffmpeg -v error -i a.wav -ac 2 -c:a vorbis -strict -2 b.ogg"
      })
  void whatEncodersWriteIsRead(String encoder) throws Exception {
    Programs.run(folder, "sox -R -n -r 44100 -c 2 -b 16 a.wav synth 1 pinknoise gain -9");
    Programs.run(folder, encoder);
    assertThat(Sound.of(folder.resolve("b.ogg")).seconds()).isBetween(0.95, 1.05);
  }

  private void assertRefused(OggBytes ogg, String why) throws Exception {
    BrokenFilesTest.assertRefused(Files.write(folder.resolve("small.ogg"), ogg.bytes()), why);
  }

  private void assertRefusedCheaply(OggBytes ogg, String why) throws Exception {
    long before = allocated();
    assertRefused(ogg, why);
    assertThat(allocated() - before).isLessThan(60_000_000);
  }

  private static void assertFedRefused(OggBytes ogg, String why) {
    byte[] bytes = ogg.bytes();
    assertThatThrownBy(() -> Fed.of(FedVorbis::new, bytes, () -> 4096))
        .isInstanceOf(AudioException.class)
        .hasMessage(why);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
