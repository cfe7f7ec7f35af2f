package io.earshot.producer.testing;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A camera by RTSP over TCP (RFC 2326, 10.12), with a picture that nobody may ask for and a tone of
 * so many seconds in real time: L16, 48 kHz, amplitude 0.5.
 */
public final class RtspCamera implements AutoCloseable {
  private static final int RATE = 48_000;
  private static final int PACKET = RATE / 50;
  private static final String DESCRIPTION =
      """
      v=0\r
      o=- 1 1 IN IP4 127.0.0.1\r
      s=camera\r
      c=IN IP4 0.0.0.0\r
      t=0 0\r
      m=video 0 RTP/AVP 96\r
      a=rtpmap:96 H264/90000\r
      a=control:video\r
      m=audio 0 RTP/AVP 97\r
      a=rtpmap:97 L16/48000/1\r
      a=control:audio\r
      """;

  /** First lines. */
  public final List<String> requests = new CopyOnWriteArrayList<>();

  private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final float[] tone;

  public RtspCamera(double hertz, int seconds) throws IOException {
    tone = Tone.sine(RATE, hertz, seconds * RATE);
    Thread thread = new Thread(this::serve, "rtsp-camera");
    thread.setDaemon(true);
    thread.start();
  }

  public String url() {
    return "rtsp://127.0.0.1:%d/camera".formatted(server.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        talk(socket);
      } catch (IOException | InterruptedException e) {
        // the other side has gone, or this one
      }
    }
  }

  private void talk(Socket socket) throws IOException, InterruptedException {
    var in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    var out = new DataOutputStream(socket.getOutputStream());
    String request;
    do {
      request = in.readLine();
      if (request == null) {
        return;
      }
      requests.add(request);
      answer(request.split(" ")[0], sequence(in), out);
    } while (!request.startsWith("PLAY"));
    play(out);
  }

  private static String sequence(BufferedReader in) throws IOException {
    String sequence = "";
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      sequence = line.startsWith("CSeq") ? line : sequence;
    }
    return sequence;
  }

  private static void answer(String method, String sequence, DataOutputStream out)
      throws IOException {
    String more =
        switch (method) {
          case "OPTIONS" -> "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n";
          case "DESCRIBE" ->
              "Content-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(DESCRIPTION.length(), DESCRIPTION);
          case "SETUP" -> "Session: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n";
          default -> "Session: 1\r\n\r\n";
        };
    String answer = "RTSP/1.0 200 OK\r\n" + sequence + "\r\n" + more;
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
  }

  private void play(DataOutputStream out) throws IOException, InterruptedException {
    for (int at = 0; at + PACKET <= tone.length; at += PACKET) {
      out.writeByte('$');
      out.writeByte(0);
      out.writeShort(12 + 2 * PACKET);
      out.writeShort(0x8061);
      out.writeShort(at / PACKET);
      out.writeInt(at);
      out.writeInt(7);
      for (int i = at; i < at + PACKET; i++) {
        out.writeShort(Math.round(tone[i] * 32767));
      }
      Thread.sleep(20);
    }
  }
}
