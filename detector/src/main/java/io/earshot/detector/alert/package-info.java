/**
 * Events to people and programs: each subscription reads {@code earshot.events} in a consumer group
 * of its own and hands what it wants to a webhook, an MQTT broker or a command.
 *
 * <p>Upstream: {@code event} through {@code earshot.events}, of which it knows no more than the
 * JSON. {@link io.earshot.detector.alert.Selection}, {@link io.earshot.detector.alert.RateLimiter}
 * and {@link io.earshot.detector.alert.Attempts} are pure; {@link
 * io.earshot.detector.alert.Courier} has them work through what is owed; {@link
 * io.earshot.detector.alert.SubscriptionWorker} puts that on Kafka and a thread.
 */
package io.earshot.detector.alert;
