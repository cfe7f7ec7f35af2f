package io.earshot.detector.web;

import io.earshot.detector.live.Live;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/**
 * What is heard now: {@code /api/live}, server-sent events, and {@code /api/streams}. An event has
 * an id; whoever was away asks with the last one that it has, in the header {@code Last-Event-ID},
 * and is told what came since, also by a server that has started again.
 */
public final class LiveRoutes implements Routes {
  private static final String STREAM = "[A-Za-z0-9._-]{1,128}";

  private final Live live;

  public LiveRoutes(Live live) {
    this.live = live;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/streams", this::streams);
    routes.get("/api/live", this::live);
  }

  /** Viewers would else be waited for. */
  @Override
  public void beforeStop() {
    live.endAll();
  }

  private void streams(Context context) {
    new Parameters(context, Set.of());
    Json.answer(context, new Streams(live.streams()));
  }

  private record Streams(Object streams) {}

  private void live(Context context) {
    String stream = new Parameters(context, Set.of("stream")).text("stream");
    if (stream != null && !stream.matches(STREAM)) {
      throw Parameters.refusal("stream", "the id of a stream: 1 to 128 of A-Za-z0-9._-");
    }
    EndPoint connection =
        ServletContextRequest.getServletContextRequest(context.req())
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint();
    LiveViewer viewer = new LiveViewer(connection::close);
    if (!live.join(viewer, stream, context.header("Last-Event-ID"))) {
      throw new Refusal(
          429, "%d watch already; close one of the pages".formatted(Live.MOST_VIEWERS));
    }
    CompletableFuture<Void> gone = viewer.ended().thenRun(() -> live.leave(viewer));
    context.contentType("text/event-stream").header("X-Accel-Buffering", "no");
    context.future(
        () -> {
          open(context, viewer);
          return gone;
        });
  }

  private static void open(Context context, LiveViewer viewer) {
    try {
      context.req().getAsyncContext().setTimeout(0);
      viewer.open(context.res().getOutputStream());
    } catch (IOException e) {
      viewer.end();
      throw new UncheckedIOException(e);
    }
  }
}
