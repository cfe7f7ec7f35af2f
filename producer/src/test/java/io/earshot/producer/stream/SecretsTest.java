package io.earshot.producer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
  @ParameterizedTest
  @CsvSource({
    "rtsp://user:secret@camera, rtsp://...@camera",
    "rtsp://secret@camera:554/1, rtsp://...@camera:554/1",
    "ffmpeg:rtsp://user:secret@camera/1: timed out, ffmpeg:rtsp://...@camera/1: timed out",
    "http://user:p@secret@radio/live?a=1, http://...@radio/live?a=1",
    "rtsp://user:secret/with?signs#@camera/1, rtsp://...@camera/1",
    "rtsp://user:12345secret@camera/1, rtsp://...@camera/1",
    "https://radio/live?x=1&Token=secret&y=2, https://radio/live?x=1&Token=...&y=2",
    "https://radio/live?api_key=secret, https://radio/live?api_key=...",
    "'a http://u:secret@h/1 b rtmp://v:secret@h/2', 'a http://...@h/1 b rtmp://...@h/2'"
  })
  void whatOthersMayNotReadIsHidden(String text, String shown) {
    assertThat(Secrets.hide(text)).isEqualTo(shown).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "rtp://:5004",
    "tcp://sensor.lan:9000",
    "tcp://[::1]:9000?listen",
    "http://radio.example:8000/live.mp3?quality=high",
    "http://radio.example/@news/live",
    "file:/home/me@work/a.wav",
    "mic:USB [plughw:1,0]",
    "http://127.0.0.1:80 and http://127.0.0.1:81: somebody@example.org"
  })
  void allElseStays(String text) {
    assertThat(Secrets.hide(text)).isEqualTo(text);
  }
}
