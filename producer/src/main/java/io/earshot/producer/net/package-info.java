/**
 * Sound that others send over the network: raw PCM by UDP and TCP, WAV by TCP, RTP.
 *
 * <pre>
 * Netty channel -&gt; UdpStream, RtpStream, TcpStream -&gt; live
 * </pre>
 *
 * <p>A few threads carry any number of streams; each stream stays with one of them, so nothing in
 * it is locked. {@link io.earshot.producer.net.NetStreams} has the threads.
 */
package io.earshot.producer.net;
