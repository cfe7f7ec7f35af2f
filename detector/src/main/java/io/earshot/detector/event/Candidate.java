package io.earshot.detector.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Locale;

/**
 * What was heard and became no event, as published on {@code earshot.candidates} when it is over;
 * the contract is {@code config/candidate.schema.json}.
 *
 * @param id as an event's that begins with this first segment
 * @param onset RFC 3339, UTC; so is {@code offset}
 * @param confidence the highest score, smoothed if the label's scores are
 * @param threshold the score that an event needed
 * @param scores as an event's {@code why} has them
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Candidate(
    @JsonProperty(required = true) String id,
    @JsonProperty(required = true) Reason reason,
    @JsonProperty(required = true) String stream,
    @JsonProperty(required = true) String label,
    @JsonProperty(required = true) String onset,
    String offset,
    long durationMs,
    double confidence,
    double threshold,
    List<Event.Scored> scores,
    Event.Model model) {
  /** Why it is no event, the first that holds. */
  public enum Reason {
    /** No segment reached the onset threshold, but one half of it. */
    @JsonProperty("below_onset")
    BELOW_ONSET,
    /** Too few segments in a row did. */
    @JsonProperty("below_n_of_m")
    BELOW_N_OF_M,
    /** It was over before the least duration. */
    @JsonProperty("too_short")
    TOO_SHORT,
    /** It began too soon after the event before. */
    @JsonProperty("cooldown")
    COOLDOWN,
    /** The label is on the list of those that are denied. */
    @JsonProperty("denied")
    DENIED,
    /** There is a list of those that are allowed, and the label is not on it. */
    @JsonProperty("not_allowed")
    NOT_ALLOWED,
    /** It began in quiet hours. */
    @JsonProperty("quiet_hours")
    QUIET_HOURS;

    /** As published and counted. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
