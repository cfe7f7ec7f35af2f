package io.earshot.detector.app;

import io.earshot.producer.live.LiveStream;
import io.earshot.producer.net.NetUrl;

/** For whose sound a stream waits that is ready for it. */
enum Awaited {
  /** Whoever sends to it; nobody may want to yet. */
  SENDER,

  /** The server that it is connected to, which has sound if it is right. */
  SERVER;

  static Awaited of(LiveStream stream) {
    return isClient(stream.source()) ? SERVER : SENDER;
  }

  private static boolean isClient(String source) {
    if (!source.matches("(?i)(tcp|https?)://.*")) {
      return false;
    }
    NetUrl.Kind kind = NetUrl.parse(source).kind();
    return kind == NetUrl.Kind.TCP_CLIENT || kind == NetUrl.Kind.HTTP_CLIENT;
  }
}
