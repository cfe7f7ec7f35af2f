package io.earshot.producer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FfmpegInputTest {
  @ParameterizedTest
  @CsvSource({
    "dog.opus, file:dog.opus, FILE",
    "-y, file:-y, FILE",
    "-, file:-, FILE",
    "/a b/$(touch x);'.opus, '/a b/$(touch x);''.opus', FILE",
    "C:dog.opus, file:C:dog.opus, FILE",
    "file:dog.opus, file:dog.opus, FILE",
    "rtsp://user:secret@camera/1, rtsp://user:secret@camera/1, LIVE",
    "RTMP://host/live, RTMP://host/live, LIVE",
    "https://host/live.m3u8?x=1, https://host/live.m3u8?x=1, PLAYLIST",
    "http://host/live.mp3?of=a.m3u8, http://host/live.mp3?of=a.m3u8, HTTP"
  })
  void addressesAreFilesOrProtocols(String text, String address, FfmpegInput.Kind kind) {
    FfmpegInput input = FfmpegInput.parse(text);
    assertThat(input.kind()).isEqualTo(kind);
    assertThat(input.address()).endsWith(address);
  }

  @Test
  void aFileThatIsThereIsNoProtocol(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("rtsp:camera.opus"));
    assertThat(FfmpegInput.parse(file.toString()))
        .isEqualTo(new FfmpegInput("file:" + file, FfmpegInput.Kind.FILE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "pipe:0", "fd:", "rtsp://a\nb", "dog\0.opus"})
  void whatCanBeNoAddressIsRefused(String text) {
    assertThatThrownBy(() -> FfmpegInput.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allowed: ffmpeg:PATH and ffmpeg:URL");
  }

  @Test
  void theAddressIsOneArgumentBehindItsOption() {
    List<String> command =
        FfmpegInput.parse("-y 'x' -f null /tmp/x").command("ffmpeg", Duration.ofSeconds(10));
    int at = command.indexOf("-i");
    assertThat(command.get(at + 1)).isEqualTo("file:-y 'x' -f null /tmp/x");
    assertThat(command).contains("-nostdin", "-vn", "-sn", "-dn").endsWith("pipe:1");
  }

  @Test
  void optionsFollowFromTheProtocol() {
    assertThat(options("rtsp://camera/1"))
        .contains("-rtsp_transport", "-allowed_media_types", "nobuffer")
        .doesNotContain("-rw_timeout");
    assertThat(options("rtmp://host/live")).contains("-rw_timeout", "10000000", "nobuffer");
    assertThat(options("http://host/live.m3u8")).contains("-rw_timeout").doesNotContain("nobuffer");
    assertThat(options("dog.opus")).doesNotContain("-rw_timeout", "nobuffer");
  }

  private static List<String> options(String text) {
    return FfmpegInput.parse(text).command("ffmpeg", Duration.ofSeconds(10));
  }
}
