package io.earshot.detector.metrics;

import java.time.Duration;

/**
 * How many series there may be.
 *
 * @param streams told apart; the others are counted together
 * @param labels of events, likewise
 * @param kept how long a stream's series stay after it was last heard
 */
public record MetricsBounds(int streams, int labels, Duration kept) {}
