package io.earshot.detector.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * One thing that was heard, as published on {@code earshot.events}; the contract is {@code
 * config/event.schema.json}.
 *
 * @param id of stream, session, label, first segment and model: the same however often it is sent
 * @param onset RFC 3339, UTC
 * @param offset likewise; null while the event is open
 * @param durationMs so far, if open
 * @param confidence the highest score
 * @param meanConfidence the mean score over the event's segments that were scored
 * @param coverage share of the event's sound that was really heard, 0 to 1
 * @param levelDbfs of the loudest segment
 * @param threshold the score that a segment needed
 * @param top the best labels of the segment with the highest score
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Event(
    String id,
    State state,
    String stream,
    String label,
    String onset,
    String offset,
    long durationMs,
    double confidence,
    double meanConfidence,
    double coverage,
    double levelDbfs,
    Model model,
    double threshold,
    List<Score> top) {
  /** Where an event is in its life. */
  public enum State {
    /** It has begun. */
    @JsonProperty("open")
    OPEN,
    /** It goes on, and is surer than before. */
    @JsonProperty("update")
    UPDATE,
    /** It is over; nothing about it will change. */
    @JsonProperty("closed")
    CLOSED
  }

  /** The package whose scores these are. */
  public record Model(String name, String version) {
    /** As the header {@code model} names it. */
    public String header() {
      return name + "@" + version;
    }
  }

  /** A label and its score. */
  public record Score(String label, double score) {}
}
