package io.earshot.detector.alert;

import java.util.Locale;

/** Where an event is in its life; the words of the event contract. */
public enum AlertState {
  OPEN,
  UPDATE,
  CLOSED;

  /** As events spell it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of that name; null if there is none. */
  static AlertState of(String text) {
    for (AlertState state : values()) {
      if (state.text().equals(text)) {
        return state;
      }
    }
    return null;
  }
}
