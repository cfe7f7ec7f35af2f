package io.earshot.detector.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server with clips that are made up, and clients of it. */
abstract class WebServerFixture {
  static final int WAV_BYTES = 44 + 2 * 16_000;
  static final String TOKEN = "correct-horse-battery";

  final FakeClips clips = new FakeClips();
  final HttpClient client = HttpClient.newHttpClient();
  WebServer server;

  @BeforeEach
  void start() throws Exception {
    server = start(new WebSettings("127.0.0.1", 0, ""));
  }

  @AfterEach
  void stop() {
    clips.slow.countDown();
    server.close();
  }

  WebServer start(WebSettings settings) throws WebException {
    return WebServer.start(settings, List.of(new ClipRoutes(clips)));
  }

  /** Asks for a clip with little room for what comes. */
  static Socket ask(WebServer server, String id) throws Exception {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress("127.0.0.1", URI.create(server.address()).getPort()));
    String request = "GET " + event(id) + "/audio.wav HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    return socket;
  }

  static String event(String id) {
    return "/api/events/" + id;
  }

  HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofByteArray());
  }

  /** What a client gets that takes no care of what it sends. */
  String raw(String head) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", URI.create(server.address()).getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }

  static JsonNode json(HttpResponse<byte[]> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }
}
