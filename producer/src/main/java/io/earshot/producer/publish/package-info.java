/**
 * Sends {@link io.earshot.producer.frame frames} to Kafka for {@link io.earshot.producer.app}; the
 * detector takes them from there.
 */
package io.earshot.producer.publish;
