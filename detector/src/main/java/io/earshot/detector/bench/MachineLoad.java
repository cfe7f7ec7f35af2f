package io.earshot.detector.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the machine does beside this process, for a benchmark that others disturb: CPU seconds of
 * all other processes, and those that a hypervisor has given to other machines, as {@code
 * /proc/stat} counts them; 0 where there is none.
 */
public final class MachineLoad {
  private static final Path STAT = Path.of("/proc/stat");
  private static final double TICKS_A_SECOND = 100;

  /** Columns of the first line, see proc(5): idle and iowait are no work. */
  private static final List<Integer> WORK = List.of(1, 2, 3, 6, 7, 8);

  private MachineLoad() {}

  /** Seconds since the machine's start. */
  public static double elsewhere() {
    return Math.max(0, all() - CpuTimes.process());
  }

  private static double all() {
    if (!Files.isReadable(STAT)) {
      return 0;
    }
    try {
      List<String> columns = List.of(Files.readAllLines(STAT).get(0).split(" +", -1));
      double ticks = WORK.stream().mapToDouble(i -> Double.parseDouble(columns.get(i))).sum();
      return ticks / TICKS_A_SECOND;
    } catch (IOException e) {
      return 0;
    }
  }
}
