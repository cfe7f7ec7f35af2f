/**
 * The detector, in the order of the data:
 *
 * <pre>
 *   [ earshot.frames ]
 *          |
 *       segment     Kafka Streams: orders frames, cuts segments, computes log-mel patches
 *          |
 *   [ earshot.patches ]
 *          |
 *      inference    consumer, Disruptor ring, batches across streams, ONNX Runtime, producer
 *          |
 *   [ earshot.scores ]
 *          |
 *        event      Kafka Streams: follows the labels of each stream, decides events
 *          |
 *   [ earshot.events ]  [ earshot.candidates ]
 *          |
 *        alert      consumers: hands each subscriber what it wants, by webhook, MQTT or command
 * </pre>
 *
 * <p>{@code clip} cuts the sound of events out of the frames that Kafka still has, and {@code web}
 * answers browsers. {@code broker} is Kafka itself, {@code metrics} what the stages report, {@code
 * app} the command line, which builds all of it.
 */
package io.earshot.detector;
