package io.earshot.detector.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * CPU seconds of this process by {@link Stage}, since its start.
 *
 * <pre>{@code
 * CpuTimes before = CpuTimes.now();
 * work();
 * Map<Stage, Double> seconds = CpuTimes.now().since(before);
 * }</pre>
 *
 * <p>Java's own threads are told apart by name. The JVM's are read from {@code /proc}, where there
 * is one. What is left of the process's time are threads that only ONNX Runtime makes, and those
 * that have ended: the network's.
 */
public final class CpuTimes {
  private static final Path TASKS = Path.of("/proc/self/task");

  /** As Linux counts them for every program, whatever its kernel's own. */
  private static final double TICKS_A_SECOND = 100;

  private final Map<Stage, Double> seconds;

  private CpuTimes(Map<Stage, Double> seconds) {
    this.seconds = seconds;
  }

  public static CpuTimes now() {
    double process = process();
    Map<Stage, Double> seconds = new EnumMap<>(Stage.class);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null) {
        long nanos = Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
        seconds.merge(Stage.of(thread.getThreadName()), nanos / 1e9, Double::sum);
      }
    }
    addVirtualMachine(seconds);
    double known = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    seconds.merge(Stage.INFERENCE, process - known, Double::sum);
    return new CpuTimes(seconds);
  }

  /** CPU seconds of each stage since an earlier reading. */
  public Map<Stage, Double> since(CpuTimes earlier) {
    Map<Stage, Double> difference = new EnumMap<>(Stage.class);
    double ended = 0;
    for (Stage stage : Stage.values()) {
      double spent = seconds.getOrDefault(stage, 0.0) - earlier.seconds.getOrDefault(stage, 0.0);
      difference.put(stage, Math.max(0, spent));
      // A thread that has ended takes its past along, which then seems to be the network's.
      ended += Math.min(0, spent);
    }
    difference.merge(Stage.INFERENCE, ended, (all, more) -> Math.max(0, all + more));
    return difference;
  }

  /** CPU seconds of the whole process. */
  public static double process() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime() / 1e9
        : 0;
  }

  private static void addVirtualMachine(Map<Stage, Double> seconds) {
    if (!Files.isDirectory(TASKS)) {
      return;
    }
    try (Stream<Path> tasks = Files.list(TASKS)) {
      for (Path task : tasks.toList()) {
        addVirtualMachine(task, seconds);
      }
    } catch (IOException e) {
      // Then the JVM's share stays with the network's.
    }
  }

  private static void addVirtualMachine(Path task, Map<Stage, Double> seconds) {
    try {
      String stat = Files.readString(task.resolve("stat"));
      Stage stage = Stage.of(stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')));
      if (stage == Stage.JIT || stage == Stage.GC) {
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        // utime and stime are fields 14 and 15 of proc(5); the list begins with field 3.
        double ticks = Double.parseDouble(fields.get(11)) + Double.parseDouble(fields.get(12));
        seconds.merge(stage, ticks / TICKS_A_SECOND, Double::sum);
      }
    } catch (IOException e) {
      // The thread has ended.
    }
  }
}
