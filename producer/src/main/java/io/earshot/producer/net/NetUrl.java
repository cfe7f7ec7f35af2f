package io.earshot.producer.net;

import io.earshot.producer.stream.Secrets;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a stream comes from. Who listens does so on the loopback address if none is named.
 *
 * <pre>
 * udp://0.0.0.0:5000                        raw PCM, whoever sends it
 * rtp://10.0.0.7:5004                       RTP, and RTCP on 5005, at that address of this machine
 * tcp://:9000, tcp://0.0.0.0:9000?listen    a server
 * tcp://sensor.lan:9000                     a client
 * http://:8090, https://0.0.0.0:8443/yard?listen    a server that sound is sent to
 * http://user:password@radio.example/live.mp3       a client
 * ws://:8090, wss://0.0.0.0:8443/yard       a server for browsers
 * </pre>
 *
 * @param secure whether by TLS
 * @param user name and password as in the URL, empty without
 * @param host of who listens empty for the loopback address
 * @param port 0 to 65,535; 0 takes a free one
 * @param path from the slash on, with the query; empty for none
 */
public record NetUrl(Kind kind, boolean secure, String user, String host, int port, String path) {
  /** How sound comes. */
  public enum Kind {
    UDP,
    RTP,
    TCP_SERVER,
    TCP_CLIENT,
    HTTP_SERVER,
    HTTP_CLIENT,
    WEBSOCKET_SERVER
  }

  private static final Pattern URL =
      Pattern.compile(
          "(?<scheme>udp|rtp|tcp|https?|wss?)://((?<user>[^@/?#\\s]*)@)?"
              + "(?<host>[^:/?#@\\[\\]\\s]*|\\[[0-9a-fA-F:.%]+\\])(:(?<port>\\d{1,5}))?"
              + "(?<path>/[^?#\\s]*)?(?<query>\\?[^#\\s]*)?",
          Pattern.CASE_INSENSITIVE);

  private static final String LISTEN = "\\?listen(=1)?";
  static final int MAX_PORT = 65_535;

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none; the message says what is allowed
   */
  public static NetUrl parse(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw refused(url);
    }
    String scheme = parts.group("scheme").toLowerCase(Locale.ROOT);
    String host = parts.group("host").replaceAll("[\\[\\]]", "");
    String query = orEmpty(parts.group("query"));
    boolean listen = host.isEmpty() || query.matches(LISTEN);
    boolean secure = scheme.equals("https") || scheme.equals("wss");
    Kind kind = kind(scheme, listen);
    String user = orEmpty(parts.group("user"));
    boolean client = kind == Kind.HTTP_CLIENT;
    String path = orEmpty(parts.group("path")) + (client ? query : "");
    boolean known = client || query.isEmpty() || query.matches(LISTEN);
    boolean plain = scheme.startsWith("http") || scheme.startsWith("ws") || path.isEmpty();
    int port = port(parts.group("port"), client ? (secure ? 443 : 80) : -1);
    if (port < 0 || !known || !plain || (!user.isEmpty() && !client)) {
      throw refused(url);
    }
    return new NetUrl(kind, secure, user, host, port, path);
  }

  private static Kind kind(String scheme, boolean listen) {
    return switch (scheme) {
      case "udp" -> Kind.UDP;
      case "rtp" -> Kind.RTP;
      case "tcp" -> listen ? Kind.TCP_SERVER : Kind.TCP_CLIENT;
      case "ws", "wss" -> Kind.WEBSOCKET_SERVER;
      default -> listen ? Kind.HTTP_SERVER : Kind.HTTP_CLIENT;
    };
  }

  private static int port(String digits, int otherwise) {
    int port = digits == null ? otherwise : Integer.parseInt(digits);
    return port > MAX_PORT ? -1 : port;
  }

  private static String orEmpty(String part) {
    return part == null ? "" : part;
  }

  private static IllegalArgumentException refused(String url) {
    return new IllegalArgumentException(
        ("'%s' is no address, allowed: udp://[HOST]:PORT, rtp://[HOST]:PORT, tcp://HOST:PORT and"
                + " http[s]://[USER:PASSWORD@]HOST[:PORT]/PATH (clients), tcp://[HOST]:PORT?listen,"
                + " http[s]://[HOST]:PORT[/PATH]?listen and ws[s]://[HOST]:PORT[/PATH] (servers)")
            .formatted(Secrets.hide(url)));
  }

  /** What HTTP's Host header says. */
  String authority() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return port == (secure ? 443 : 80) ? name : name + ":" + port;
  }

  /**
   * Where a client is sent by a server at this address. User and password stay with the server that
   * they are for.
   *
   * @param location absolute or relative
   * @throws IllegalArgumentException if it is no address of HTTP
   */
  NetUrl redirected(String location) {
    try {
      URI here = URI.create((secure ? "https" : "http") + "://" + authority() + path);
      NetUrl there = parse(here.resolve(location.strip()).toString().replaceFirst("#.*", ""));
      if (there.kind == Kind.HTTP_CLIENT) {
        boolean same =
            there.secure == secure && there.port == port && there.host.equalsIgnoreCase(host);
        return new NetUrl(
            there.kind, there.secure, same ? user : "", there.host, there.port, there.path);
      }
    } catch (IllegalArgumentException e) {
      // says what all addresses may be
    }
    throw new IllegalArgumentException(
        "redirected to '%s', allowed: http:// and https://"
            .formatted(ContentTypes.shown(Secrets.hide(location))));
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return kind + " " + host + ":" + port;
  }

  /** What to listen on; a name is yet to be looked up, which takes time. */
  InetSocketAddress local() {
    if (host.isEmpty() || host.equalsIgnoreCase("localhost")) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
    boolean number = host.contains(":") || NetUtil.isValidIpV4Address(host);
    return number
        ? new InetSocketAddress(host, port)
        : InetSocketAddress.createUnresolved(host, port);
  }
}
