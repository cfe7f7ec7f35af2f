package io.earshot.detector.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Map;

/** Where a broker listens, and where it tells its clients to come; its controller stays at home. */
record BrokerListeners(String listen, int port, int controllerPort) {
  static final String CONTROLLER = "CONTROLLER";
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * Finds free ports.
   *
   * @param port 0 takes a free one
   * @throws IOException the port is taken, or the address none of this machine's
   */
  static BrokerListeners claim(String listen, int port) throws IOException {
    // Both are held at once, so that they are two.
    try (ServerSocket broker = open(listen, port);
        ServerSocket controller = open(LOOPBACK, 0)) {
      return new BrokerListeners(listen, broker.getLocalPort(), controller.getLocalPort());
    }
  }

  private static ServerSocket open(String address, int port) throws IOException {
    try {
      return new ServerSocket(port, 1, InetAddress.getByName(address));
    } catch (IOException e) {
      throw new IOException("port " + port + " on " + address + ": " + e.getMessage(), e);
    }
  }

  /** Host and port of the controller. */
  String controller() {
    return LOOPBACK + ":" + controllerPort;
  }

  Map<String, String> settings(int node) throws IOException {
    return Map.of(
        "controller.quorum.voters",
        node + "@" + controller(),
        "controller.listener.names",
        CONTROLLER,
        "listeners",
        "PLAINTEXT://%s:%d,%s://%s".formatted(bracketed(listen), port, CONTROLLER, controller()),
        "advertised.listeners",
        "PLAINTEXT://%s:%d".formatted(advertised(), port),
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
  }

  /** The address by which clients on this machine reach one that listens there. */
  static String local(String listen) {
    return isAny(listen) ? LOOPBACK : bracketed(listen);
  }

  private String advertised() throws IOException {
    if (!isAny(listen)) {
      return bracketed(listen);
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw new IOException(
          "this machine's name, which clients would be told, is not known; name one of its"
              + " addresses instead of "
              + listen,
          e);
    }
  }

  private static boolean isAny(String listen) {
    try {
      return InetAddress.getByName(listen).isAnyLocalAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static String bracketed(String address) {
    return address.contains(":") ? "[" + address + "]" : address;
  }
}
