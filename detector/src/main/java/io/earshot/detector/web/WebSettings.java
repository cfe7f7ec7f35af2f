package io.earshot.detector.web;

/**
 * Where the server listens, and who may ask.
 *
 * @param listen an IP address of this machine, or 0.0.0.0 for all
 * @param port 0 takes a free one
 * @param token what each request must show; empty if none need to
 */
public record WebSettings(String listen, int port, String token) {
  /** Whether only this machine can reach the address. */
  public boolean isLoopback() {
    return listen.startsWith("127.") || listen.equals("::1");
  }

  /** The address as it stands in a URL. */
  String urlHost() {
    return listen.contains(":") ? "[" + listen + "]" : listen;
  }

  /** Without the token, which is a secret. */
  @Override
  public String toString() {
    return "WebSettings[" + listen + ":" + port + "]";
  }
}
