package io.earshot.detector.app;

import io.earshot.producer.live.LiveStream;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says a line whenever a stream is about something else than before. One thread. */
final class StreamNews {
  private final PrintWriter out;
  private final Map<LiveStream, String> said = new HashMap<>();

  StreamNews(PrintWriter out) {
    this.out = out;
  }

  void tell(List<LiveStream> streams) {
    for (LiveStream stream : streams) {
      String news = news(stream);
      if (news != null && !news.equals(said.put(stream, news))) {
        out.printf("%s (%s): %s%n", stream.name(), stream.source(), news);
      }
    }
    out.flush();
  }

  /** What is wrong is said when it happens, by the stream itself. */
  private static String news(LiveStream stream) {
    LiveStream.Status status = stream.status();
    return switch (status.state()) {
      case CONNECTING, FAILED -> null;
      case WAITING ->
          switch (Awaited.of(stream)) {
            case SENDER -> "waits for a sender";
            case SERVER -> "connected, no sound yet";
          };
      case RUNNING -> status.format();
      case CLOSED -> "over";
    };
  }
}
