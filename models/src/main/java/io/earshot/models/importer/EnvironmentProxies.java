package io.earshot.models.importer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The proxies of Java's system properties ({@code https.proxyHost} and so on) and, where they name
 * none, those of the environment as curl reads them: {@code https_proxy}, {@code http_proxy} and
 * {@code no_proxy}, in lower or upper case. A user name in a proxy's address is not used.
 */
public final class EnvironmentProxies extends ProxySelector {

  private final Map<String, String> environment;
  private final ProxySelector properties;

  /**
   * Reads proxies.
   *
   * @param environment all of its variables
   * @param properties what reads Java's system properties
   */
  public EnvironmentProxies(Map<String, String> environment, ProxySelector properties) {
    this.environment = environment;
    this.properties = properties;
  }

  @Override
  public List<Proxy> select(URI address) {
    List<Proxy> named = properties.select(address);
    if (named.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT)) {
      return named;
    }
    String proxy = variable(address.getScheme() + "_proxy");
    if (proxy.isBlank() || isDirect(address.getHost())) {
      return List.of(Proxy.NO_PROXY);
    }
    URI at = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
    int port = at.getPort() == -1 ? 80 : at.getPort();
    return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(at.getHost(), port)));
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException e) {
    // The request itself fails with this exception: nothing is lost here.
  }

  private boolean isDirect(String host) {
    return Stream.of(variable("no_proxy").split(",", -1))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .map(entry -> entry.startsWith(".") ? entry.substring(1) : entry)
        .anyMatch(entry -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
  }

  private String variable(String name) {
    String upper = environment.getOrDefault(name.toUpperCase(Locale.ROOT), "");
    return environment.getOrDefault(name, upper);
  }
}
