package io.earshot.detector.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The live page: {@code /}, and its parts below {@code /page/}. They hold nothing that was heard,
 * so anybody may have them; what they show they ask the other routes for.
 */
public final class PageRoutes implements Routes {
  private static final List<String> PARTS =
      List.of(
          "api.js",
          "book.js",
          "colour-map.js",
          "colours.css",
          "details.js",
          "dom.js",
          "filter.js",
          "frame.css",
          "history.js",
          "icon.svg",
          "list.css",
          "list.js",
          "live.css",
          "live.js",
          "main.js",
          "marks.js",
          "mel-columns.js",
          "meter.js",
          "news.js",
          "playhead.js",
          "row.js",
          "scores.js",
          "sound.js",
          "spectrogram.js",
          "sse.js",
          "stream-row.js",
          "streams.js",
          "tabs.js",
          "text.js",
          "theme.js",
          "thresholds.js",
          "token.js",
          "what-if.js",
          "why.js");

  /** From the WebJar, whose version the parent POM names. */
  private static final String LIBRARY = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private static final List<String> LIBRARY_PARTS = List.of("uPlot.esm.js", "uPlot.min.css");

  /** Nothing but what this server sends, and nothing that stands within the page itself. */
  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self'",
          "media-src 'self'",
          "connect-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'");

  private final Map<String, PageFile> files = new HashMap<>();

  public PageRoutes() {
    files.put("/", PageFile.read("/web/index.html"));
    PARTS.forEach(part -> files.put("/page/" + part, PageFile.read("/web/" + part)));
    LIBRARY_PARTS.forEach(part -> files.put("/page/lib/" + part, PageFile.read(LIBRARY + part)));
  }

  @Override
  public void addTo(RoutesConfig routes) {
    for (String address : files.keySet()) {
      routes.get(address, this::answer);
      routes.head(address, this::answer);
    }
  }

  @Override
  public Set<String> open() {
    return files.keySet();
  }

  private void answer(Context context) {
    PageFile file = files.get(context.path());
    if (file == null) {
      // Javalin takes an address with a slash behind it for the same.
      throw new Refusal(404, "there is no such page");
    }
    context.header("Content-Security-Policy", POLICY);
    file.answer(context);
  }
}
