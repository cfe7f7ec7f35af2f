package io.earshot.detector.alert;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * An HTTP POST.
 *
 * @param secret that requests are signed with; empty for no signature
 * @param headers beside Earshot's own
 * @param timeout of a whole request
 */
public record WebhookSettings(URI url, String secret, Map<String, String> headers, Duration timeout)
    implements TargetSettings {
  public WebhookSettings {
    headers = Map.copyOf(headers);
  }

  /** Nothing of what may be a secret, and an address may hold one, too. */
  @Override
  public String toString() {
    return "webhook at " + url.getHost();
  }
}
