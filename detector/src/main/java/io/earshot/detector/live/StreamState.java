package io.earshot.detector.live;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * A stream as it is now.
 *
 * @param lastFrame to where it was heard, by capture time, RFC 3339
 * @param silent whether it has ended, or nothing has come of it for some seconds
 * @param levelDbfs of its last segment
 * @param peakDbfs of the loudest 40 ms of that
 * @param noiseFloorDbfs as {@code loud_sound} reckons it, from what was heard since it was looked
 *     at; null if it is not yet known
 * @param coverage share of that segment that was really heard
 * @param open labels of its events that go on
 */
@JsonNaming(SnakeCaseStrategy.class)
public record StreamState(
    String stream,
    String lastFrame,
    boolean silent,
    double levelDbfs,
    double peakDbfs,
    Double noiseFloorDbfs,
    double coverage,
    List<String> open) {}
