package io.earshot.detector.metrics;

import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;

/** The families whose series are by stream. */
final class StreamFamilies {
  private static final String STREAM = "stream";
  private static final String REASON = "reason";

  final Counter frames;
  final Counter bytes;
  final Counter dropped;
  final Counter gaps;
  final Counter jumps;
  final Counter patches;
  final Counter unscored;
  final Counter repeated;
  final Counter events;
  final Counter candidates;
  final Gauge openEvents;
  final Gauge level;
  final Gauge floor;
  final Gauge lastFrame;

  StreamFamilies(Families of) {
    frames = of.counter("earshot_frames_total", "Frames taken.", STREAM);
    bytes = of.counter("earshot_frame_bytes_total", "Bytes of sound in frames taken.", STREAM);
    dropped =
        of.counter(
            "earshot_frames_dropped_total",
            "Frames dropped: duplicate, late, or of another session.",
            STREAM,
            REASON);
    gaps =
        of.counter(
            "earshot_gaps_total",
            "Runs broken by a gap, a new session or a clock that was set.",
            STREAM);
    jumps =
        of.counter(
            "earshot_clock_jumps_total",
            "Runs begun because the capture clock was set forward or backward.",
            STREAM,
            "kind");
    patches = of.counter("earshot_patches_total", "Segments that became patches.", STREAM);
    unscored =
        of.counter(
            "earshot_unscored_total",
            "Segments that went on without scores: shed in an overload, or failed.",
            STREAM,
            REASON);
    repeated =
        of.counter(
            "earshot_segments_repeated_total",
            "Segments that the event stage had seen before and dropped.",
            STREAM);
    events =
        of.counter("earshot_events_total", "Events published, by state.", STREAM, "label", "state");
    candidates =
        of.counter(
            "earshot_candidates_total", "What was heard and became no event.", STREAM, REASON);
    openEvents = of.gauge("earshot_open_events", "Events that are open.", STREAM);
    level = of.gauge("earshot_level_dbfs", "Level of the last segment, dB of full scale.", STREAM);
    floor =
        of.gauge(
            "earshot_noise_floor_dbfs", "Noise floor of the stream, dB of full scale.", STREAM);
    lastFrame =
        of.gauge(
            "earshot_stream_last_frame_timestamp_seconds",
            "When the detector took the stream's last frame, by its own clock.",
            STREAM);
  }
}
