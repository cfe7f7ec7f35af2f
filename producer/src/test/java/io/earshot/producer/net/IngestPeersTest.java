package io.earshot.producer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.earshot.producer.frame.Frame;
import io.earshot.producer.live.LiveStream.State;
import io.earshot.producer.testing.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that people send sound with. */
class IngestPeersTest extends IngestFixture {
  /** LAME makes all a little softer, against clipping. */
  private static final double LAME = 0.95;

  @BeforeEach
  void programsAreThere() {
    Programs.require("ffmpeg", "curl");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, -c:a pcm_s16le -f wav, 'WAV s16le, 44100 Hz, 1 channel'",
    "PUT, -c:a pcm_f32le -f wav, 'WAV f32le, 44100 Hz, 1 channel'",
    "POST, -ar 16000 -f s16le, 's16le, 16000 Hz, 1 channel'"
  })
  void ffmpegSendsByHttp(String method, String format, String told) throws Exception {
    NetStream yard = open("yard", "http://:0");
    String url = "http://any:%s@127.0.0.1:%d/yard".formatted(TOKEN, port(yard));
    run("%s %s -method %s %s", tone(44_100, 1.5), format, method, url);
    awaitEnd();
    assertTone(1.5, 0.005, AMPLITUDE, 70);
    assertThat(yard.status().format()).isEqualTo(told);
    await().until(() -> yard.status().state() == State.WAITING);
    assertThat(yard.status().problem()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "-legacy_icecast 0, audio/wav -f wav, 70, 'WAV s16le, 44100 Hz, 1 channel'",
    "-legacy_icecast 1, audio/wav -f wav, 70, 'WAV s16le, 44100 Hz, 1 channel'",
    "-legacy_icecast 0, audio/ogg -c:a libvorbis -f ogg, 30, 'Ogg Vorbis, 44100 Hz, 1 channel'",
    "-legacy_icecast 1, audio/ogg -c:a libvorbis -f ogg, 30, 'Ogg Vorbis, 44100 Hz, 1 channel'",
    "-legacy_icecast 0, audio/mpeg -c:a libmp3lame -f mp3, 30, 'MP3, 44100 Hz, 1 channel'",
    "-legacy_icecast 1, audio/mpeg -c:a libmp3lame -f mp3, 30, 'MP3, 44100 Hz, 1 channel'",
  })
  void ffmpegSendsAsToIcecast(String how, String format, double snr, String told) throws Exception {
    NetStream yard = open("yard", "http://:0");
    String url = "icecast://source:%s@127.0.0.1:%d/yard".formatted(TOKEN, port(yard));
    run("%s %s -content_type %s %s", tone(44_100, 1.5), how, format, url);
    awaitEnd();
    boolean mp3 = told.startsWith("MP3");
    // MP3 has an encoder's delay and padding. ffmpeg never reads the answer to SOURCE, so it ends
    // with a reset that may cost its last words, in Ogg the last page, of half a second here.
    double tolerance = how.endsWith("1") ? 0.6 : mp3 ? 0.08 : 0.005;
    assertTone(1.5, tolerance, mp3 ? LAME * AMPLITUDE : AMPLITUDE, snr);
    assertThat(yard.status().format()).isEqualTo(told);
    assertThat(yard.status().refused()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "-T tone.wav",
    "-X POST --data-binary @tone.wav",
    "-H Transfer-Encoding:chunked -T tone.wav"
  })
  void curlSendsAFile(String how) throws Exception {
    run("%s tone.wav", tone(48_000, 1).replace("-re ", ""));
    NetStream yard = open("yard", "http://127.0.0.1:0/back/yard?listen");
    Files.writeString(folder.resolve("head.txt"), "Authorization: Bearer " + TOKEN);
    String url = "http://127.0.0.1:%d/back/yard".formatted(port(yard));
    run("curl -sS --fail -o answer.txt -H @head.txt %s %s", how, url);
    assertThat(answer()).isEqualTo("heard\n");
    awaitEnd();
    assertTone(1, 0.005, AMPLITUDE, 70);
  }

  @Test
  void aFileThatComesAtOnceHasTheTimesOfOneThatIsPlayed() throws Exception {
    run("%s tone.wav", tone(16_000, 12).replace("-re ", ""));
    NetStream yard = open("yard", "http://:0");
    run("curl -sS --fail -T tone.wav http://any:%s@127.0.0.1:%d/yard", TOKEN, port(yard));
    long after = System.currentTimeMillis();
    awaitEnd();
    assertTone(12, 0.005, AMPLITUDE, 70);
    long end = frames.get(0).captureMillis();
    for (Frame frame : frames) {
      assertThat(frame.captureMillis()).isCloseTo(end, within(20L));
      end = frame.captureMillis() + frame.samples() / 16;
    }
    assertThat(end).isLessThanOrEqualTo(after);
    assertThat(yard.status().counts().clockSteps()).isZero();
  }

  @Test
  void aSecondSenderIsTurnedAwayWhileTheFirstIsHeard() throws Exception {
    NetStream yard = open("yard", "http://:0");
    String url = "http://any:%s@127.0.0.1:%d/yard".formatted(TOKEN, port(yard));
    Process first = start("%s -f wav -method POST %s", tone(48_000, 2), url);
    await().until(() -> yard.status().state() == State.RUNNING);
    Files.write(folder.resolve("zeros"), new byte[8_000]);
    run("curl -sS -o answer.txt -T zeros %s", url);
    assertThat(answer()).isEqualTo("somebody else sends already\n");
    assertThat(first.waitFor()).isZero();
    awaitEnd();
    assertTone(2, 0.005, AMPLITUDE, 70);
    // ffmpeg asks first without.
    assertThat(yard.status().refused())
        .containsOnly(Map.entry("no_token", 1L), Map.entry("other_source", 1L));
    assertThat(yard.status().connections()).isEqualTo(1);
  }

  private String answer() throws Exception {
    return Files.readString(Path.of(folder + "/answer.txt"));
  }
}
