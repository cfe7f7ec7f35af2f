package io.earshot.producer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.producer.convert.SampleFormat;
import io.earshot.producer.net.SoundHint.Otherwise;
import io.earshot.producer.source.AudioException;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.stream.RawPcm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypesTest {
  @ParameterizedTest
  @CsvSource({
    ", RAW, 16000, 1, S16LE",
    "application/octet-stream, RAW, 16000, 1, S16LE",
    "audio/x-raw, RAW, 16000, 1, S16LE",
    "audio/basic, RAW, 8000, 1, ULAW",
    "Audio/MPEG, MPEG, 16000, 1, S16LE",
    "audio/mpeg; charset=utf-8, MPEG, 16000, 1, S16LE",
    "application/ogg, NOTHING, 16000, 1, S16LE",
    "audio/wav, NOTHING, 16000, 1, S16LE",
    "audio/L16; rate=44100; channels=2, SURELY_RAW, 44100, 2, S16BE",
    "audio/l16;channels=\"1\";rate=8000, SURELY_RAW, 8000, 1, S16BE",
    "audio/L16 ; rate=48000, SURELY_RAW, 48000, 1, S16BE",
    "audio/L24;rate=96000;channels=6, SURELY_RAW, 96000, 6, S24BE"
  })
  void whatTheySay(String type, Otherwise otherwise, int rate, int channels, SampleFormat encoding)
      throws AudioException {
    assertThat(ContentTypes.hint(type, RawPcm.DEFAULT))
        .isEqualTo(new SoundHint(otherwise, new AudioShape(rate, channels), encoding));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "text/plain; charset=utf-8",
        "application/json",
        "image/png",
        "audio/aac",
        "audio/x-mpegurl",
        "audio/flac",
        "application/xhtml+xml"
      })
  void whatIsNoSoundThatCanBeHeard(String type) {
    assertThatThrownBy(() -> ContentTypes.hint(type, RawPcm.DEFAULT))
        .isInstanceOf(AudioException.class)
        .hasMessageStartingWith("the other side sends " + type.replaceFirst(";.*", ""))
        .hasMessageEndingWith("allowed: WAV, Ogg Vorbis, MP3, raw PCM; ffmpeg:URL takes anything");
  }

  @Test
  void ratesAndChannelsHaveLimits() {
    assertThatThrownBy(() -> ContentTypes.hint("audio/L16;rate=1", RawPcm.DEFAULT))
        .hasMessage("rate is 1 Hz, allowed: 8000 to 192000 Hz");
    assertThatThrownBy(() -> ContentTypes.hint("audio/L16;rate=8000;channels=65", RawPcm.DEFAULT))
        .hasMessage("65 channels, allowed: 1 to 64");
  }

  @Test
  void whatOthersWroteIsShownShortAndHarmless() {
    assertThat(ContentTypes.shown("a\r\n\u001b[31mb")).isEqualTo("a [31mb");
    assertThat(ContentTypes.shown("x".repeat(100))).isEqualTo("x".repeat(80) + "...");
  }
}
