package io.earshot.producer.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that sends whoever comes a WAV of a tone, so many seconds, then nothing. At such a rate
 * ffmpeg soon has the 120 kB without which it does not believe that a WAV is one.
 */
public final class EndlessTone implements AutoCloseable {
  private static final int RATE = 96_000;

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new ArrayList<>();
  private final double seconds;

  public EndlessTone(double seconds) throws IOException {
    this.seconds = seconds;
    start(this::serve);
  }

  public String url() {
    return "tcp://127.0.0.1:" + server.getLocalPort();
  }

  /** How many came. */
  public int visitors() {
    synchronized (sockets) {
      return sockets.size();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    synchronized (sockets) {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private void serve() {
    try {
      while (true) {
        Socket socket = server.accept();
        synchronized (sockets) {
          sockets.add(socket);
        }
        start(() -> send(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  /** In real time. */
  private void send(Socket socket) {
    try {
      OutputStream out = socket.getOutputStream();
      if (seconds > 0) {
        out.write(header());
      }
      float[] tone = Tone.sine(RATE, 1000, RATE / 10);
      ByteBuffer block = ByteBuffer.allocate(2 * tone.length).order(ByteOrder.LITTLE_ENDIAN);
      for (float sample : tone) {
        block.putShort((short) Math.round(sample * 32767));
      }
      for (int i = 0; i < seconds * 10; i++) {
        out.write(block.array());
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException e) {
      // the other side has gone
    }
  }

  private static byte[] header() {
    ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(-1);
    header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    header.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
    header.putShort((short) 2).putShort((short) 16);
    header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(-1);
    return header.array();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "endless-tone");
    thread.setDaemon(true);
    thread.start();
  }
}
