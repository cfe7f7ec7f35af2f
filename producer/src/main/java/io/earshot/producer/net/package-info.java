/**
 * Sound from the network: raw PCM by UDP and WebSocket, RTP, and by TCP, HTTP and as to Icecast
 * whatever {@link io.earshot.producer.source.SoundKind} knows.
 *
 * <pre>
 * Netty channel -&gt; UdpStream, RtpStream -&gt; live
 * Netty channel -&gt; TcpStream -&gt; ByteSound -&gt; PacedSound -&gt; live
 * Netty channel -&gt; HttpClientStream -&gt; ByteSound -&gt; PacedSound -&gt; live
 * IngestServer -&gt; IngestConnection, WebSocketSound -&gt; Sender -&gt; ByteSound -&gt; PacedSound -&gt; live
 * </pre>
 *
 * <p>A few threads carry any number of streams; each stream stays with one of them, so nothing in
 * it is locked. {@link io.earshot.producer.net.NetStreams} has the threads.
 */
package io.earshot.producer.net;
