package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sources, for a second and a half. */
class StreamsCheckTest {
  private static final long MILLIS = 1_500;

  @TempDir private Path folder;

  private final StringWriter table = new StringWriter();

  @Test
  void whatBringsSoundAndWhoIsWaitedForAreFine() throws Exception {
    String dog = Shared.path("golden/dog.wav").toString();
    assertThat(check("{name: dog, source: 'file:%s'}, {name: gate, source: 'tcp://:0'}", dog))
        .isZero();
    List<String> lines = table.toString().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).matches("stream +source +format +level +drift +problems");
    assertThat(lines.get(1))
        .matches("dog +file:\\Q" + dog + "\\E +16000 Hz, 1 channel +-\\d+\\.\\d dBFS +- +none");
    assertThat(lines.get(2)).matches("gate +tcp://:0 +- +- +- +nobody has sent anything");
  }

  @Test
  void oneThatBringsNoneIsNotAndTheOtherIsStillTried() throws Exception {
    String dog = Shared.path("golden/dog.wav").toString();
    assertThat(check("{name: gone, source: 'file:no.wav'}, {name: dog, source: 'file:%s'}", dog))
        .isEqualTo(1);
    List<String> lines = table.toString().lines().toList();
    assertThat(lines.get(1)).matches("gone +file:no\\.wav +- +- +- +no\\.wav: no such file");
    assertThat(lines.get(2)).matches("dog .* dBFS +- +none");
  }

  /** The system takes connections for it. */
  @ParameterizedTest
  @ValueSource(strings = {"tcp://127.0.0.1:%d", "http://127.0.0.1:%d/live"})
  void aServerThatSaysNothingIsNotWaitedFor(String source) throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String address = source.formatted(mute.getLocalPort());
      assertThat(check("{name: radio, source: '%s'}", address)).isEqualTo(1);
    }
  }

  private int check(String streams, String dog) throws Exception {
    Path file =
        Files.writeString(folder.resolve("my.yaml"), "streams: [" + streams.formatted(dog) + "]");
    Config config = ConfigFile.read(file, Map.of());
    PrintWriter out = new PrintWriter(table, true);
    return new StreamsCheck(MILLIS).run(ConfiguredStreams.of(config, Map.of()), out);
  }
}
