package io.earshot.detector.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.earshot.detector.live.Finding;
import io.earshot.detector.live.Live;
import io.earshot.detector.live.Page;
import io.earshot.detector.live.Place;
import io.earshot.detector.live.Search;
import io.earshot.detector.live.SearchException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Events and candidates, the latest first, some at a time: {@code /api/events} and {@code
 * /api/candidates}, in JSON or CSV.
 */
public final class FindingRoutes implements Routes {
  private static final int MOST = 1_000;
  private static final int SOME = 50;
  private static final String CURSOR = "cursor";
  private static final List<String> FORMATS = List.of("json", "csv");
  private static final Set<String> COMMON =
      Set.of("label", "stream", "from", "to", "min_confidence", "limit", CURSOR, "format");

  /**
   * One of the lists.
   *
   * @param parameter that asks for some of the kinds
   */
  private record Kind(String name, String parameter, List<String> kinds, FindingCsv csv) {}

  private static final Kind EVENTS =
      new Kind("events", "state", List.of("open", "update", "closed"), FindingCsv.EVENTS);

  private static final Kind CANDIDATES =
      new Kind(
          "candidates",
          "reason",
          List.of(
              "below_onset",
              "below_n_of_m",
              "too_short",
              "cooldown",
              "denied",
              "not_allowed",
              "quiet_hours"),
          FindingCsv.CANDIDATES);

  private interface Source {
    Page find(Search search) throws SearchException;
  }

  private final Live live;

  public FindingRoutes(Live live) {
    this.live = live;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/events", context -> answer(context, EVENTS, live::events));
    routes.get("/api/candidates", context -> answer(context, CANDIDATES, live::candidates));
  }

  private static void answer(Context context, Kind kind, Source source) {
    Set<String> known = new HashSet<>(COMMON);
    known.add(kind.parameter);
    Parameters parameters = new Parameters(context, known);
    String format = parameters.oneOf("format", FORMATS);
    Page page = find(source, search(parameters, kind));
    if (format.equals("csv")) {
      csv(context, kind, page);
    } else {
      Json.answer(context, json(kind, page));
    }
  }

  private static Search search(Parameters parameters, Kind kind) {
    String cursor = parameters.text(CURSOR);
    Place before = cursor == null ? null : Place.parse(cursor);
    if (cursor != null && before == null) {
      throw Parameters.refusal(CURSOR, "what next was in the answer before");
    }
    return new Search(
        parameters.all("label"),
        parameters.all("stream"),
        parameters.all(kind.parameter, kind.kinds),
        parameters.time("from"),
        parameters.time("to"),
        parameters.number("min_confidence", 0, 1, 0),
        before,
        parameters.wholeNumber("limit", 1, MOST, SOME));
  }

  private static Page find(Source source, Search search) {
    try {
      return source.find(search);
    } catch (SearchException e) {
      throw new Refusal(503, e.getMessage());
    }
  }

  private static byte[] json(Kind kind, Page page) {
    String all =
        page.findings().stream()
            .map(finding -> new String(finding.json(), UTF_8))
            .collect(Collectors.joining(",\n"));
    String next = page.next() == null ? "null" : "\"" + page.next() + "\"";
    return "{\"%s\":[%s],\"next\":%s}".formatted(kind.name, all, next).getBytes(UTF_8);
  }

  private static void csv(Context context, Kind kind, Page page) {
    if (page.next() != null) {
      context.header("Link", "<%s>; rel=\"next\"".formatted(next(context, page.next())));
    }
    List<byte[]> rows = page.findings().stream().map(Finding::json).toList();
    context
        .contentType("text/csv; charset=utf-8; header=present")
        .header("Content-Disposition", "attachment; filename=\"%s.csv\"".formatted(kind.name))
        .result(kind.csv.write(rows));
  }

  /** The same request, without the token, from there on. */
  private static String next(Context context, Place next) {
    StringBuilder address = new StringBuilder(context.path()).append('?');
    for (Map.Entry<String, List<String>> each : context.queryParamMap().entrySet()) {
      if (!each.getKey().equals(CURSOR) && !each.getKey().equals("token")) {
        for (String value : each.getValue()) {
          address.append(each.getKey()).append('=').append(URLEncoder.encode(value, UTF_8));
          address.append('&');
        }
      }
    }
    return address.append(CURSOR).append('=').append(next).toString();
  }
}
