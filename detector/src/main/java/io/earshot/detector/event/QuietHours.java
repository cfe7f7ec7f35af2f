package io.earshot.detector.event;

import java.time.Instant;

/** Times in which labels raise no events. Implementations know no clock. */
public interface QuietHours {
  /** Whether it is quiet at this capture time. */
  boolean covers(Instant time);
}
