/**
 * Sends {@link io.earshot.producer.frame frames} to Kafka for {@link io.earshot.producer.app}; the
 * detector takes them from there.
 *
 * <p>{@link io.earshot.producer.publish.FramePublisher} waits for Kafka, for sound that can wait;
 * {@link io.earshot.producer.publish.SpooledPublisher} does not, and keeps in a {@link
 * io.earshot.producer.spool spool} what Kafka does not take.
 */
package io.earshot.producer.publish;
