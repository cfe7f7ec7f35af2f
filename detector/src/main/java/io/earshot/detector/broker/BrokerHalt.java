package io.earshot.detector.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.utils.Exit;

/**
 * A broker that cannot go on, as on a full disk, halts its process on the spot, with no word to its
 * user. Here it only stops, so that whoever runs it can say why and end.
 */
final class BrokerHalt {
  /** Below that no segment begins: the two files of its index are made 10 MB long. */
  private static final long FULL_BYTES = 20L << 20;

  private final CompletableFuture<BrokerException> halted = new CompletableFuture<>();

  private BrokerHalt() {}

  /** Catches halts from now on. Kafka has one hook a process, so the last broker started has it. */
  static CompletableFuture<BrokerException> watch(Path directory) {
    BrokerHalt halt = new BrokerHalt();
    Exit.Procedure procedure = (status, message) -> halt.stop(directory, message);
    Exit.setHaltProcedure(procedure);
    Exit.setExitProcedure(procedure);
    return halt.halted;
  }

  /** Never returns: whoever asks for a halt does not expect to go on. */
  private void stop(Path directory, String message) {
    halted.complete(new BrokerException(reason(directory, message), null));
    while (true) {
      LockSupport.park();
    }
  }

  private static String reason(Path directory, String message) {
    if (isFull(directory)) {
      return "the broker has stopped: no space left in " + directory;
    }
    return "the broker has stopped: %s cannot be written%s; EARSHOT_LOG=warn says more"
        .formatted(directory, message == null ? "" : " (" + message + ")");
  }

  private static boolean isFull(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace() < FULL_BYTES;
    } catch (IOException e) {
      return false;
    }
  }
}
