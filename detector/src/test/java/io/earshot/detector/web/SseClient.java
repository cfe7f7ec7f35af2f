package io.earshot.detector.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads server-sent events as the standard says, in as far as Earshot uses it. */
public final class SseClient implements AutoCloseable {
  /** What a browser would dispatch; of an end, the name is {@link #END}. */
  public record Told(String name, String id, String data) {}

  public static final String END = "the end";

  private static final Pattern COLON = Pattern.compile(": ?");

  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

  /** Taken while another was waited for. */
  private final List<Told> passed = new ArrayList<>();

  private final HttpResponse<InputStream> response;
  private volatile String lastId = "";

  private SseClient(HttpResponse<InputStream> response) {
    this.response = response;
    Thread thread = new Thread(this::read, "sse-client");
    thread.setDaemon(true);
    thread.start();
  }

  /** Connects; the headers are names and values. */
  public static SseClient open(String address, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient()
            .send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                BodyHandlers.ofInputStream());
    return new SseClient(response);
  }

  public HttpResponse<InputStream> response() {
    return response;
  }

  /** What a browser would send as {@code Last-Event-ID}. */
  public String lastId() {
    return lastId;
  }

  /** The next one of that name; others, which may come in any order, wait to be asked for. */
  public Told next(String name) throws Exception {
    for (Told one : passed) {
      if (one.name.equals(name)) {
        passed.remove(one);
        return one;
      }
    }
    while (true) {
      Told next = told.poll(60, TimeUnit.SECONDS);
      if (next == null || (next.name.equals(END) && !name.equals(END))) {
        throw new AssertionError("no " + name + " came, but " + next);
      }
      if (next.name.equals(name)) {
        return next;
      }
      passed.add(next);
    }
  }

  /** The next one, whatever it is. */
  public Told next() throws Exception {
    return passed.isEmpty() ? told.poll(60, TimeUnit.SECONDS) : passed.remove(0);
  }

  /** Whether something of that name has come and was not taken. */
  public boolean has(String name) {
    return Stream.concat(passed.stream(), told.stream()).anyMatch(one -> one.name.equals(name));
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }

  private void read() {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      Block block = new Block();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        block.line(line);
      }
    } catch (IOException e) {
      // It has ended.
    }
    told.add(new Told(END, null, null));
  }

  private final class Block {
    private String name = "message";
    private StringBuilder data = new StringBuilder();

    void line(String line) {
      String[] field = COLON.split(line, 2);
      switch (field[0]) {
        case "event" -> name = field[1];
        case "id" -> lastId = field[1];
        case "data" -> data.append(data.isEmpty() ? "" : "\n").append(field[1]);
        default -> end(line);
      }
    }

    private void end(String line) {
      if (!line.isEmpty()) {
        return;
      }
      if (!data.isEmpty()) {
        told.add(new Told(name, lastId, data.toString()));
      }
      name = "message";
      data = new StringBuilder();
    }
  }
}
