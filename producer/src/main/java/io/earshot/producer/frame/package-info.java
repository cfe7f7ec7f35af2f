/**
 * What travels on the topic {@code earshot.frames}: the one place that knows its key, headers and
 * value. {@link io.earshot.producer.publish} sends frames, the detector reads them.
 */
package io.earshot.producer.frame;
