package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.Event;
import io.earshot.models.synth.MadeSounds;
import io.earshot.models.synth.Scene;
import io.earshot.producer.frame.Frame;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same clip by every kind of source, from other people's programs, through one producer and a
 * detector: what is heard in each is what is heard in the file.
 */
class SourcesIT {
  private static final int SECONDS = 10;
  private static final int WAV_HEADER_BYTES = 44;
  private static final String TOKEN = "correct-horse-battery";

  @TempDir private static Path folder;

  private static Path clip;

  /** How each stream is configured but for its name, and who sends to it; nobody, if it fetches. */
  private record Source(String entry, String peer) {}

  private final Map<String, Source> sources = new LinkedHashMap<>();

  /** Where sound is sent to. */
  private int ingest;

  @BeforeAll
  static void makeTheClip() throws Exception {
    Tools.require("ffmpeg", "ffmpeg");
    Tools.require("sox", "sox");
    Tools.require("kcat", "kcat");
    float[] samples =
        Scene.of(8, SECONDS)
            .with("smoke_alarm", MadeSounds.SMOKE_ALARM, 1.5, 4.5, 0)
            .with("siren", MadeSounds.SIREN, 6, 9, 0)
            .render();
    ByteBuffer pcm = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float sample : samples) {
      pcm.putShort((short) Math.round(sample * Short.MAX_VALUE));
    }
    clip = Files.write(folder.resolve("clip.wav"), TestWav.mono16k(pcm.array()));
  }

  @Test
  void eventsOverEachSourceAreThoseOfTheFile() throws Exception {
    describe();
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        EarshotProcess detector = start(broker, "detector", "--no-web")) {
      detector.awaitErr(line -> line.startsWith("Detecting"), 60);
      try (EarshotProcess producer = start(broker, "producer")) {
        for (String stream : sources.keySet()) {
          if (sources.get(stream).entry.contains("://:")) { // it listens
            producer.awaitErr(line -> line.startsWith(stream + " ("), 60);
          }
        }
        try (OutputStream sound = producer.process().getOutputStream()) {
          sound.write(Files.readAllBytes(clip), WAV_HEADER_BYTES, SECONDS * 32_000);
        }
        for (EarshotProcess peer : play(broker)) {
          assertThat(peer.waitFor(60)).as("%s", peer).isZero();
        }
        listenInABrowser();
        check(broker, producer);
        producer.terminate();
        assertThat(producer.waitFor(30)).as("%s", producer).isZero();
      }
    }
  }

  private void describe() throws Exception {
    ingest = freePort();
    add("file", "source: 'file:%s'".formatted(clip), "");
    addFile("phone", "clip.wav", "-ar 8000 -c:a pcm_mulaw", "phone.wav");
    addFile("ogg", "clip.wav", "-c:a libvorbis", "clip.ogg");
    addFile("mp3", "clip.wav", "-c:a libmp3lame", "clip.mp3");
    int port = freePort();
    add("tcp", "source: 'tcp://:%d'".formatted(port), ffmpeg("-f wav tcp://127.0.0.1:" + port));
    int client = freePort();
    add(
        "tcp-client",
        "source: 'tcp://127.0.0.1:%d', rate: 44100, channels: 2".formatted(client),
        ffmpeg("-ar 44100 -ac 2 -f s16le tcp://127.0.0.1:%d?listen".formatted(client)));
    int raw = freePort();
    add(
        "udp",
        "source: 'udp://:%d'".formatted(raw),
        ffmpeg("-f s16le udp://127.0.0.1:%d?pkt_size=640".formatted(raw)));
    int l16 = freePorts();
    add(
        "rtp",
        "source: 'rtp://:%d', payloads: '97=L16/48000/2', idle: 2s".formatted(l16),
        ffmpeg("-ar 48000 -ac 2 -c:a pcm_s16be -f rtp rtp://127.0.0.1:" + l16));
    int phone = freePorts();
    add(
        "rtp-phone",
        "source: 'rtp://:%d', idle: 2s".formatted(phone),
        ffmpeg("-ar 8000 -c:a pcm_mulaw -f rtp rtp://127.0.0.1:" + phone));
    int ogg = freePort();
    add("http-ogg", http(ogg), ffmpeg("-c:a libvorbis -listen 1 -f ogg http://127.0.0.1:" + ogg));
    int mp3 = freePort();
    add("http-mp3", http(mp3), ffmpeg("-c:a libmp3lame -listen 1 -f mp3 http://127.0.0.1:" + mp3));
    run("ffmpeg -v error -i %s -c:a libopus %s".formatted(clip, folder.resolve("clip.opus")));
    addFile("opus", "clip.opus", "", "opus.wav");
    add("ffmpeg-opus", "source: 'ffmpeg:%s'".formatted(folder.resolve("clip.opus")), "");
    add("stdin", "source: '-'", "");
    String server = "://:%d', token: %s".formatted(ingest, TOKEN);
    add("upload", "source: 'http" + server, curl("upload"));
    add(
        "icecast-ogg",
        "source: 'http" + server,
        ffmpeg(
            "-c:a libvorbis -content_type audio/ogg -f ogg icecast://source:%s@127.0.0.1:%d/icecast-ogg"
                .formatted(TOKEN, ingest)));
    add("browser", "source: 'ws" + server, "");
    add("kcat", "", kcat());
  }

  private String curl(String stream) {
    return "curl -sf -T %s -H 'Authorization: Bearer %s' http://127.0.0.1:%d/%s"
        .formatted(clip, TOKEN, ingest, stream);
  }

  private static String http(int port) {
    return "source: 'http://127.0.0.1:%d/live'".formatted(port);
  }

  /** Raw PCM, and no producer of ours: all of it as one frame, which has one capture time. */
  private static String kcat() {
    return ("sox %s -t raw -r 16000 -e signed -b 16 -c 1 FRAME &&"
            + " kcat -b BROKER -P -t earshot.frames -k kcat FRAME")
        .formatted(clip);
  }

  private void add(String stream, String entry, String peer) {
    sources.put(stream, new Source(entry, peer));
  }

  private static String ffmpeg(String to) {
    return "ffmpeg -nostdin -v error -re -i %s %s".formatted(clip, to);
  }

  private void addFile(String codec, String from, String options, String to) throws Exception {
    Path file = folder.resolve(to);
    run("ffmpeg -v error -i %s %s %s".formatted(folder.resolve(from), options, file));
    add("file-" + codec, "source: 'file:%s'".formatted(file), "");
  }

  private static void run(String command) throws Exception {
    try (EarshotProcess process = EarshotProcess.run(List.of(command.split(" +")))) {
      assertThat(process.waitFor(30)).as("%s", process).isZero();
    }
  }

  private EarshotProcess start(EmbeddedBroker broker, String... arguments) throws Exception {
    String entries =
        sources.entrySet().stream()
            .filter(source -> !source.getValue().entry.isEmpty())
            .map(it -> "  - {name: %s, %s}".formatted(it.getKey(), it.getValue().entry))
            .collect(Collectors.joining("\n"));
    Path config =
        Files.writeString(
            folder.resolve("earshot.yaml"),
            """
            kafka: {bootstrap_servers: "%s"}
            model: {name: "%s"}
            stream: {timeout: 5s}
            spool: {directory: "%s"}
            streams:
            %s
            """
                .formatted(
                    broker.bootstrapServers(), Shared.base(), folder.resolve("spool"), entries));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", config.toString()));
    return EarshotProcess.start(all.toArray(String[]::new));
  }

  private List<EarshotProcess> play(EmbeddedBroker broker) throws Exception {
    List<EarshotProcess> peers = new ArrayList<>();
    for (Source source : sources.values()) {
      if (!source.peer.isEmpty()) {
        String command =
            source
                .peer
                .replace("BROKER", broker.bootstrapServers())
                .replace("FRAME", folder.resolve("frame").toString());
        peers.add(EarshotProcess.run(List.of("sh", "-c", command)));
      }
    }
    return peers;
  }

  /** Its microphone hears the clip once. */
  private void listenInABrowser() {
    try (Browser browser =
        Browser.start(
            folder.resolve("profile"),
            Duration.ofSeconds(60),
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            "--use-file-for-fake-audio-capture=" + clip + "%noloop")) {
      browser.open("http://127.0.0.1:%d/browser#token=%s".formatted(ingest, TOKEN));
      browser.await("document.querySelector('#token').value.length > 0");
      browser.click("#start");
      String seconds = "Number(document.querySelector('#seconds').textContent)";
      browser.await(seconds + " >= " + (SECONDS + 1));
      browser.click("#stop");
    }
  }

  private void check(EmbeddedBroker broker, EarshotProcess producer) throws Exception {
    Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    Map<String, List<Event>> heard = closed(kafka);
    Map<String, List<Frame>> frames = FramesTopic.read(broker.bootstrapServers());
    assertThat(HeardEvents.labels(heard.get("file"))).containsSubsequence("smoke_alarm", "siren");
    for (String stream : sources.keySet()) {
      String reference = reference(stream);
      List<Event> file = heard.get(reference);
      List<Event> events = heard.getOrDefault(stream, List.of());
      assertThat(HeardEvents.labels(events))
          .as("%s of %s", stream, producer)
          .isEqualTo(HeardEvents.labels(file));
      for (int i = 0; i < file.size(); i++) {
        // A browser's microphone begins a moment after the clip.
        int first = stream.equals("browser") ? 0 : -1;
        assertThat(HeardEvents.seconds(events, first, i, frames.get(stream)))
            .as("%s: %s, seconds", stream, events.get(i).label())
            .isCloseTo(HeardEvents.seconds(file, first, i, frames.get(reference)), within(0.1));
      }
    }
  }

  /** By stream and onset, when there have been as many of each as of the file, or a minute on. */
  private Map<String, List<Event>> closed(Map<String, Object> kafka) {
    List<Event> closed = new ArrayList<>();
    try (JsonReader<Event> events = JsonReader.open(kafka, Topics.EVENTS, Event.class, true)) {
      long deadline = System.nanoTime() + 60_000_000_000L;
      while (System.nanoTime() < deadline && !isComplete(HeardEvents.byStream(closed))) {
        events.poll(Duration.ofMillis(200)).stream()
            .filter(event -> event.state() == Event.State.CLOSED)
            .forEach(closed::add);
      }
    }
    return HeardEvents.byStream(closed);
  }

  private boolean isComplete(Map<String, List<Event>> heard) {
    return sources.keySet().stream()
        .allMatch(
            stream ->
                count(heard, stream) >= 2
                    && count(heard, stream) >= count(heard, reference(stream)));
  }

  private static int count(Map<String, List<Event>> heard, String stream) {
    return heard.getOrDefault(stream, List.of()).size();
  }

  /** What a codec has taken away is heard as in a file that went through the same codec. */
  private String reference(String stream) {
    String coded = "file" + stream.substring(Math.max(0, stream.indexOf('-')));
    return sources.containsKey(coded) ? coded : "file";
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** One of UDP and the next. */
  private static int freePorts() throws Exception {
    int port = freePort();
    while (!isFree(port) || !isFree(port + 1)) {
      port += 2;
    }
    return port;
  }

  private static boolean isFree(int port) {
    try {
      new DatagramSocket(port).close();
      return true;
    } catch (SocketException e) {
      return false;
    }
  }
}
