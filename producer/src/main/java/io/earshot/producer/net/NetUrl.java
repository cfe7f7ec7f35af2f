package io.earshot.producer.net;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a stream comes from.
 *
 * <pre>
 * udp://:5000               raw PCM, whoever sends it
 * rtp://10.0.0.7:5004       RTP, and RTCP on 5005, at that address of this machine
 * tcp://:9000               a server; also tcp://10.0.0.7:9000?listen
 * tcp://sensor.lan:9000     a client
 * </pre>
 *
 * @param host empty for every address of this machine
 * @param port 0 to 65,535; 0 takes a free one
 */
public record NetUrl(Kind kind, String host, int port) {
  /** How sound comes. */
  public enum Kind {
    UDP,
    RTP,
    TCP_SERVER,
    TCP_CLIENT
  }

  private static final Pattern URL =
      Pattern.compile(
          "(?<scheme>udp|rtp|tcp)://(?<host>[^:/?\\[\\]]*|\\[[0-9a-fA-F:.%]+\\]):(?<port>\\d{1,5})"
              + "(?<listen>\\?listen(=1)?)?",
          Pattern.CASE_INSENSITIVE);

  private static final int MAX_PORT = 65_535;

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none; the message says what is allowed
   */
  public static NetUrl parse(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches() || Integer.parseInt(parts.group("port")) > MAX_PORT) {
      throw new IllegalArgumentException(
          "'%s' is no address, allowed: udp://[HOST]:PORT, rtp://[HOST]:PORT, tcp://HOST:PORT (a client),"
                  .formatted(url)
              + " tcp://:PORT or tcp://HOST:PORT?listen (a server)");
    }
    String host = parts.group("host").replaceAll("[\\[\\]]", "");
    boolean listen = parts.group("listen") != null || host.isEmpty();
    Kind kind =
        switch (parts.group("scheme").toLowerCase(Locale.ROOT)) {
          case "udp" -> Kind.UDP;
          case "rtp" -> Kind.RTP;
          default -> listen ? Kind.TCP_SERVER : Kind.TCP_CLIENT;
        };
    return new NetUrl(kind, host, Integer.parseInt(parts.group("port")));
  }

  /** What to listen on. */
  InetSocketAddress local() {
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }
}
