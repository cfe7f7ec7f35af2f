package io.earshot.producer.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A server that answers each request with the next of its answers, and the rest with the last. */
final class SoundServer implements AutoCloseable {
  /** Writes status line, head and sound. */
  interface Answer {
    void write(OutputStream out) throws Exception;
  }

  final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private final List<Answer> answers;

  SoundServer(Answer... answers) throws IOException {
    this(ServerSocketFactory.getDefault(), answers);
  }

  SoundServer(ServerSocketFactory factory, Answer... answers) throws IOException {
    this.server = factory.createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    this.answers = List.of(answers);
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** All of it at once. */
  static Answer text(String text) {
    return out -> out.write(text.getBytes(ISO_8859_1));
  }

  /** A head, then sound. */
  static Answer ok(String head, byte[] body) {
    return out -> {
      out.write(("HTTP/1.1 200 OK\r\n" + head + "\r\n").getBytes(ISO_8859_1));
      out.write(body);
    };
  }

  /** What Icecast does for who takes titles: each so many bytes one. */
  static byte[] withTitles(byte[] sound, int interval) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0, number = 0; at < sound.length; at += interval, number++) {
      int count = Math.min(interval, sound.length - at);
      out.write(sound, at, count);
      if (count == interval) {
        byte[] title = new byte[number % 3 == 0 ? 0 : 16 * (number % 7)];
        byte[] text = "StreamTitle='x';".repeat(title.length / 16).getBytes(ISO_8859_1);
        System.arraycopy(text, 0, title, 0, title.length);
        out.write(title.length / 16);
        out.writeBytes(title);
      }
    }
    return out.toByteArray();
  }

  private void accept() {
    try {
      for (int number = 0; ; number++) {
        Socket socket = server.accept();
        sockets.add(socket);
        Answer answer = answers.get(Math.min(number, answers.size() - 1));
        start(() -> serve(socket, answer));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket, Answer answer) {
    try (socket) {
      requests.add(head(socket.getInputStream()));
      answer.write(socket.getOutputStream());
    } catch (Exception e) {
      // the client went away, or the handshake failed
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int next; head.indexOf("\r\n\r\n") < 0 && (next = in.read()) >= 0; ) {
      head.append((char) next);
    }
    return head.toString();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "sound-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
