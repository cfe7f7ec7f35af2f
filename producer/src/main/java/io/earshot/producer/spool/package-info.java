/**
 * Frames that Kafka has not taken yet: their order, and a bounded spool of them on disk.
 *
 * <pre>
 *   frames -&gt; Backlog, a queue for each stream -&gt; Kafka
 *               | older than half a second  ^
 *             SpoolWriter                   | read when their turn comes
 *               v                           |
 *             Spool, of Segments on a Disk -+
 * </pre>
 *
 * <p>Knows only {@link io.earshot.producer.frame frames}. {@link io.earshot.producer.publish} has
 * the threads, and Kafka.
 */
package io.earshot.producer.spool;
