/**
 * Runs a stream: pumps {@link io.earshot.producer.source} through {@link
 * io.earshot.producer.convert} into {@link io.earshot.producer.frame} and on to {@link
 * io.earshot.producer.publish}.
 */
package io.earshot.producer.app;
