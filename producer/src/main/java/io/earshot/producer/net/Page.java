package io.earshot.producer.net;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The page by which a browser sends its microphone. It is the same at every path that is no file of
 * its own, so that it tells nobody which streams there are.
 */
final class Page {
  /** Below it are the page's files. */
  static final String FILES = "/-/";

  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final Reply INDEX = file("index.html", "text/html; charset=utf-8");
  private static final Map<String, Reply> REPLIES =
      Map.of(
          FILES + "page.css", file("page.css", "text/css; charset=utf-8"),
          FILES + "page.js", file("page.js", SCRIPT),
          FILES + "microphone.js", file("microphone.js", SCRIPT),
          FILES + "blocks.js", file("blocks.js", SCRIPT),
          FILES + "link.js", file("link.js", SCRIPT),
          FILES + "token.js", file("token.js", SCRIPT),
          FILES + "icon.svg", file("icon.svg", "image/svg+xml"));

  private Page() {}

  /** What is at that path; null if that is nothing. */
  static Reply at(String path) {
    return path.startsWith(FILES) ? REPLIES.get(path) : INDEX;
  }

  private static Reply file(String name, String type) {
    try (InputStream bytes = Page.class.getResourceAsStream("page/" + name)) {
      return Reply.of(HttpResponseStatus.OK, type, bytes.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
