/**
 * Kafka itself: the topics' names and settings, and a broker inside this process for those who have
 * none.
 */
package io.earshot.detector.broker;
