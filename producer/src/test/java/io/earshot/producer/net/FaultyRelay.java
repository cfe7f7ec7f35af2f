package io.earshot.producer.net;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;

/** Loses, doubles and swaps packets on their way. */
final class FaultyRelay implements AutoCloseable {
  private final DatagramSocket socket =
      new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  private final Random random = new Random(5);
  private final int to;
  volatile int dropped;
  volatile int droppedFrames;
  volatile int doubled;
  private DatagramPacket heldBack;

  FaultyRelay(int to) throws IOException {
    this.to = to;
    Thread thread = new Thread(this::run, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  private void run() {
    byte[] buffer = new byte[2000];
    try {
      for (int count = 0; ; count++) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] bytes = Arrays.copyOf(buffer, packet.getLength());
        pass(
            new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), to),
            count < 3 ? 1 : random.nextDouble());
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void pass(DatagramPacket packet, double fate) throws IOException {
    if (fate < 0.1) {
      dropped++;
      droppedFrames += (packet.getLength() - 12) / 2;
    } else if (fate < 0.2 && heldBack == null) {
      heldBack = packet;
      return;
    } else {
      socket.send(packet);
      if (fate < 0.3) {
        socket.send(packet);
        doubled++;
      }
    }
    if (heldBack != null) {
      socket.send(heldBack);
      heldBack = null;
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
