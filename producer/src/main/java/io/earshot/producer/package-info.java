/** Sound sources to PCM frames on Kafka. */
package io.earshot.producer;
