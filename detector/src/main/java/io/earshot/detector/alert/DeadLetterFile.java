package io.earshot.detector.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** What could not be delivered: a JSON object a line. */
final class DeadLetterFile {
  private final Path file;

  DeadLetterFile(Path file) {
    this.file = file;
  }

  /** Returns when the letter is on the disk. */
  void add(Instant time, String subscription, String reason, int attempts, Alert alert)
      throws IOException {
    ObjectNode letter = JsonNodeFactory.instance.objectNode();
    letter.put("time", time.toString());
    letter.put("subscription", subscription);
    letter.put("reason", reason);
    letter.put("attempts", attempts);
    letter.set("event", alert.body());
    append(letter + "\n");
  }

  private void append(String line) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      append(channel, ByteBuffer.wrap(line.getBytes(UTF_8)));
      channel.force(true);
    }
  }

  /** All of it or nothing: half a line would spoil the next one as well. */
  static void append(SeekableByteChannel channel, ByteBuffer line) throws IOException {
    long size = channel.size();
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      channel.truncate(size);
      throw e;
    }
  }
}
