package io.earshot.detector.event;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param onsetUncertaintyMs how far the truth may be from the onset
 * @param offsetUncertaintyMs likewise; null while the event is open
 * @param durationMs so far, if open
 * @param endedBy null while the event is open
 * @param previous id of the event that this one continues; null if none
 * @param confidence the highest score, smoothed if the label's scores are
 * @param meanConfidence the mean score over the event's segments that were scored
 * @param coverage share of the event's sound that was really heard, 0 to 1
 * @param levelDbfs of the loudest segment
 * @param threshold the score that the event needed to begin
 * @param top the best labels of the segment with the highest score
 * @param why what was decided by; null in events of an Earshot that did not tell
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Event(
    @JsonProperty(required = true) String id,
    @JsonProperty(required = true) State state,
    @JsonProperty(required = true) String stream,
    @JsonProperty(required = true) String label,
    @JsonProperty(required = true) String onset,
    String offset,
    int onsetUncertaintyMs,
    Integer offsetUncertaintyMs,
    long durationMs,
    EndedBy endedBy,
    String previous,
    double confidence,
    double meanConfidence,
    double coverage,
    double levelDbfs,
    Model model,
    double threshold,
    List<Score> top,
    Why why) {
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

  /** Why an event is over. */
  public enum EndedBy {
    /** The score fell below the offset threshold, and the gap to merge passed. */
    @JsonProperty("offset")
    OFFSET,
    /** It lasted for the maximum duration; if the sound goes on, another event continues it. */
    @JsonProperty("max_duration")
    MAX_DURATION,
    /** Segments are missing, or too many in a row were not scored. */
    @JsonProperty("gap")
    GAP,
    /** A new run of the stream began: sound was lost, its producer or its clock began anew. */
    @JsonProperty("session")
    SESSION,
    /** The stream ended by its own word. */
    @JsonProperty("end")
    END,
    /** The stream fell silent. */
    @JsonProperty("timeout")
    TIMEOUT
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

  /**
   * The score of a segment.
   *
   * @param segment its number in its run
   * @param smoothed null if the label's scores are not smoothed
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Scored(long segment, double score, Double smoothed) {
    /** The one that the decision is by. */
    double decisive() {
      return smoothed == null ? score : smoothed;
    }
  }

  /**
   * What an event was decided by: the label's rules, and scores.
   *
   * @param smoothing {@code none}, {@code median of 3} or {@code exponential over 3}
   * @param nOfM as {@code 2 of 3}
   * @param maxDurationMs null if an event may go on for ever
   * @param floorDbfs the noise floor under the loudest segment of a {@code loud_sound}; null of all
   *     other labels
   * @param peakDbfs likewise, of its loudest 40 ms
   * @param scores of the first four segments, the last four and the one with the highest score
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Why(
      double onset,
      double offset,
      String smoothing,
      @JsonProperty("n_of_m") String nOfM,
      long minDurationMs,
      long mergeGapMs,
      Long maxDurationMs,
      long cooldownMs,
      Double floorDbfs,
      Double peakDbfs,
      List<Scored> scores) {}
}
