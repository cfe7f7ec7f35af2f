/**
 * What a user says of a stream: where it comes from, what its raw sound is, what is done to it.
 * Read by {@link io.earshot.producer.net} and {@link io.earshot.producer.app}, which run it.
 */
package io.earshot.producer.stream;
