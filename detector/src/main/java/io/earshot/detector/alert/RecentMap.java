package io.earshot.detector.alert;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of bounded size that forgets what was not used for longest. */
final class RecentMap<K, V> extends LinkedHashMap<K, V> {
  private final int most;

  RecentMap(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
