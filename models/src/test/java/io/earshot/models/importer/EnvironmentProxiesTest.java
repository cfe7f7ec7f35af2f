package io.earshot.models.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProxiesTest {

  private static final URI ADDRESS = URI.create("https://storage.googleapis.com/a/file");

  @ParameterizedTest
  @CsvSource({
    "https_proxy, http://proxy.example:3128, proxy.example:3128",
    "HTTPS_PROXY, http://proxy.example:3128/, proxy.example:3128",
    "https_proxy, proxy.example:3128, proxy.example:3128",
    "https_proxy, http://proxy.example, proxy.example:80",
    "http_proxy, http://proxy.example:3128, DIRECT",
    "https_proxy, '', DIRECT",
  })
  void theEnvironmentNamesTheProxyOfTheScheme(String variable, String value, String proxy) {
    assertThat(proxy(Map.of(variable, value), ProxySelector.of(null))).isEqualTo(proxy);
  }

  @ParameterizedTest
  @CsvSource({
    "storage.googleapis.com, DIRECT",
    "'localhost, googleapis.com', DIRECT",
    ".googleapis.com, DIRECT",
    "*, DIRECT",
    "apis.com, proxy:1",
    "localhost, proxy:1",
  })
  void noProxyNamesHostsAndDomainsToReachDirectly(String noProxy, String proxy) {
    Map<String, String> environment = Map.of("https_proxy", "proxy:1", "no_proxy", noProxy);
    assertThat(proxy(environment, ProxySelector.of(null))).isEqualTo(proxy);
  }

  @Test
  void theSystemPropertiesComeFirst() {
    ProxySelector properties =
        ProxySelector.of(InetSocketAddress.createUnresolved("of-properties", 8080));
    assertThat(proxy(Map.of("https_proxy", "proxy:1"), properties)).isEqualTo("of-properties:8080");
  }

  private static String proxy(Map<String, String> environment, ProxySelector properties) {
    Proxy proxy = new EnvironmentProxies(environment, properties).select(ADDRESS).get(0);
    return proxy.address() instanceof InetSocketAddress at
        ? at.getHostString() + ":" + at.getPort()
        : proxy.type().toString();
  }
}
