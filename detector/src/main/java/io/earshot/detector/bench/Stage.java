package io.earshot.detector.bench;

import java.util.Locale;

/** Whom a thread of this process works for, told by its name. */
public enum Stage {
  /** The streams that the benchmark plays, and its reading of events. */
  BENCH,
  BROKER,
  /** Kafka Streams: cutting segments, log-mel, following events. */
  STREAMS,
  /** Network threads of Kafka's clients. */
  CLIENTS,
  /** The inference worker with the network itself. */
  INFERENCE,
  /** The JVM's compilers. */
  JIT,
  GC;

  /** What the names of the benchmark's threads and clients begin with. */
  public static final String BENCH_CLIENT = "earshot-bench";

  /** As results name it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Stage of(String thread) {
    if (thread.contains(BENCH_CLIENT) || thread.equals("main")) {
      return BENCH;
    }
    if (thread.contains("StreamThread") && !thread.startsWith("kafka-")) {
      return STREAMS;
    }
    if (thread.startsWith("earshot-")) {
      return INFERENCE;
    }
    if (thread.startsWith("kafka-producer-")
        || thread.startsWith("kafka-coordinator-")
        || thread.startsWith("kafka-admin-client-thread")) {
      return CLIENTS;
    }
    if (thread.startsWith("C1 ") || thread.startsWith("C2 ")) {
      return JIT;
    }
    if (thread.startsWith("VM Thread") || thread.startsWith("GC ") || thread.startsWith("G1 ")) {
      return GC;
    }
    // Kafka's server names its threads in many ways; nobody else is left.
    return BROKER;
  }
}
