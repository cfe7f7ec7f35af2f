package io.earshot.detector.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's files as a browser gets them. */
class PageRoutesTest {
  private static final Path FOLDER = Path.of("src/main/resources/web");
  private static final String TOKEN = "correct-horse-battery";
  private static WebServer server;

  @BeforeAll
  static void start() throws Exception {
    server = WebServer.start(new WebSettings("127.0.0.1", 0, TOKEN), List.of(new PageRoutes()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyFileIsServedAsItIs() throws Exception {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> all = files.toList();
      assertThat(all).hasSizeGreaterThan(20);
      for (Path file : all) {
        String name = file.getFileName().toString();
        HttpResponse<byte[]> answer = get(name.equals("index.html") ? "/" : "/page/" + name);
        assertThat(answer.statusCode()).as(name).isEqualTo(200);
        assertThat(answer.body()).as(name).isEqualTo(Files.readAllBytes(file));
      }
    }
  }

  /** What one file asks for by name is there, from this server, and without a token. */
  @Test
  void whatThePageAsksForIsThere() throws Exception {
    Pattern inPage = Pattern.compile("(?:href|src)=\"(page/[^\"]+)\"");
    Pattern inScript = Pattern.compile("(?m)^import .*'\\./([^']+)';$");
    List<String> named = found(inPage, "/", "/");
    assertThat(named).hasSizeGreaterThan(5);
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".js")).toList()) {
        named.addAll(found(inScript, "/page/" + file.getFileName(), "/page/"));
      }
    }
    for (String address : named) {
      assertThat(get(address).statusCode()).as(address).isEqualTo(200);
    }
  }

  private static List<String> found(Pattern pattern, String in, String prefix) throws Exception {
    Matcher matcher = pattern.matcher(new String(get(in).body(), UTF_8));
    return matcher
        .results()
        .map(one -> prefix + one.group(1))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/page/main.js, text/javascript; charset=utf-8",
    "/page/frame.css, text/css; charset=utf-8",
    "/page/icon.svg, image/svg+xml",
    "/page/lib/uPlot.esm.js, text/javascript; charset=utf-8",
    "/page/lib/uPlot.min.css, text/css; charset=utf-8"
  })
  void browsersAreToldWhatItIs(String address, String type) throws Exception {
    HttpResponse<byte[]> answer = get(address);
    assertThat(header(answer, "content-type")).isEqualToIgnoringWhitespace(type);
    assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(header(answer, "content-security-policy"))
        .contains("default-src 'none'", "script-src 'self';", "style-src 'self';")
        .doesNotContain("unsafe", "http:", "https:", "*", "data:", "blob:");
  }

  @Test
  void whatABrowserHasIsNotSentAgain() throws Exception {
    HttpResponse<byte[]> first = get("/page/main.js");
    String tag = header(first, "etag");
    assertThat(tag).matches("\"[0-9a-f]{24}\"").isNotEqualTo(header(get("/page/dom.js"), "etag"));
    assertThat(header(first, "cache-control")).isEqualTo("no-cache");
    HttpResponse<byte[]> again = get("/page/main.js", "If-None-Match", "\"other\", " + tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(get("/page/main.js", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void headTellsAsMuchAndSendsNothing() throws Exception {
    HttpRequest.Builder request = request("/page/main.js");
    HttpResponse<byte[]> answer = send(request.method("HEAD", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "etag")).isNotNull();
    assertThat(answer.body()).isEmpty();
  }

  /** To those who have the token; to others it is not even said. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/index.html",
        "/page",
        "/page/",
        "/page/index.html",
        "/page/main.js/",
        "/page/lib/",
        "/page/lib/uPlot.cjs.js",
        "/page/..%2fweb%2findex.html",
        "/page/%2e%2e/logback.xml",
        "/web/main.js",
        "/META-INF/MANIFEST.MF"
      })
  void nothingElseIsThere(String address) throws Exception {
    assertThat(get(address, "Authorization", "Bearer " + TOKEN).statusCode()).isIn(400, 404);
    assertThat(get(address).statusCode()).isIn(400, 401);
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.address() + path));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }
}
