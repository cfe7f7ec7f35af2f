package io.earshot.detector.web;

import io.earshot.detector.clip.Clip;
import io.earshot.detector.clip.ClipWav;
import io.earshot.detector.clip.Clips;
import io.earshot.detector.clip.Gap;
import io.earshot.detector.clip.Spectrogram;
import io.earshot.detector.clip.StoredEvent;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * An event, its sound and its picture: {@code /api/events/ID}, and below it {@code clip.json},
 * {@code audio.wav} and {@code spectrogram.png}.
 */
public final class ClipRoutes implements Routes {
  private static final String EVENT = "/api/events/{id}";
  private static final String LASTING = "private, max-age=86400, immutable";

  /** A header has only so much room. */
  private static final int GAPS_TOLD = 20;

  private final ClipDesk desk;

  public ClipRoutes(Clips clips) {
    desk = new ClipDesk(clips, System::nanoTime);
  }

  @Override
  public void addTo(RoutesConfig routes) {
    add(routes, EVENT, this::event);
    add(routes, EVENT + "/clip.json", this::clip);
    add(routes, EVENT + "/audio.wav", this::audio);
    add(routes, EVENT + "/spectrogram.png", this::spectrogram);
  }

  /** Players ask with HEAD how long it is; left to itself, Javalin would say: no bytes. */
  private static void add(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  private void event(Context context) {
    String id = context.pathParam("id");
    admit(context);
    StoredEvent event = desk.serve(() -> desk.event(id));
    lasting(context, event.isOver());
    Json.answer(context, event.json());
  }

  private void clip(Context context) {
    ClipJson clip = serve(context, cut -> ClipJson.of(cut.clip()));
    Json.answer(context, clip);
  }

  private void audio(Context context) {
    Clip clip = serve(context, ClipDesk.Cut::clip);
    if (!clip.gaps().isEmpty()) {
      context.header("X-Earshot-Gaps", told(clip.gaps()));
    }
    context.contentType("audio/wav");
    Ranges.answer(context, new ClipWav(clip));
  }

  private void spectrogram(Context context) {
    byte[] png = serve(context, cut -> Spectrogram.png(cut.clip(), cut.event().event()));
    context.contentType("image/png").result(png);
  }

  /** What is made of a clip, too, takes memory, and so one of the places. */
  private <T> T serve(Context context, Function<ClipDesk.Cut, T> work) {
    String id = context.pathParam("id");
    admit(context);
    return desk.serve(
        () -> {
          ClipDesk.Cut cut = desk.cut(id);
          lasting(context, cut.lasts());
          return work.apply(cut);
        });
  }

  /** The answer is written after the handler has returned; Jetty tells when that is done. */
  private void admit(Context context) {
    Request request = ServletContextRequest.getServletContextRequest(context.req());
    desk.admit(done -> Request.addCompletionListener(request, failure -> done.run()));
  }

  private static void lasting(Context context, boolean lasts) {
    if (lasts) {
      context.header("Cache-Control", LASTING);
    }
  }

  private static String told(List<Gap> gaps) {
    String first =
        gaps.stream().limit(GAPS_TOLD).map(Gap::toString).collect(Collectors.joining("; "));
    int more = gaps.size() - GAPS_TOLD;
    return more > 0 ? first + "; and " + more + " more" : first;
  }
}
