package io.earshot.detector.clip;

import io.earshot.producer.frame.Frame;

/**
 * A frame that Kafka still has.
 *
 * @param offset of its record
 */
record KeptFrame(long offset, Frame frame) {}
