// The way to the producer: a WebSocket that comes back when it breaks.

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
const STEADY_MILLIS = 10_000;
const MOST_BUFFERED_SECONDS = 3;
const BYTES_A_SAMPLE = 2;

/** Whoever is refused is let in first, for the reason's sake. */
const REFUSED_BY_THEN = 300;

/** By these the producer says that asking again does not help; 4409, somebody else sends, may pass. */
const FINAL = new Set([1007, 1009, 4400, 4401, 4403, 4404, 4426]);

/** A token may have characters that a protocol's name may not. */
function protocols(token) {
  const bytes = String.fromCharCode(...new TextEncoder().encode(token));
  const encoded = btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return ['earshot', `token.${encoded}`];
}

/**
 * Sends blocks of s16le. What cannot be sent in time waits for three seconds at most; then the
 * oldest goes. `told` is called with (state, text) at each change: connecting, sending, refused;
 * after the last of these it does not come back by itself.
 */
export class Link {
  sent = 0;
  dropped = 0;
  #url;
  #token;
  #rate;
  #told;
  #text;
  #socket;
  #timer;
  #wait = FIRST_WAIT;
  #opened = 0;
  #waiting = [];

  constructor(path, token, rate, told) {
    this.#url = new URL(path, location.href);
    this.#url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#token = token;
    this.#rate = rate;
    this.#told = told;
    this.#connect();
  }

  /** Takes a block; it is sent now, or soon. */
  send(buffer) {
    this.#waiting.push(buffer);
    this.#flush();
    while (this.#seconds(this.#waiting.reduce((sum, block) => sum + block.byteLength, 0)) > MOST_BUFFERED_SECONDS) {
      this.dropped += this.#seconds(this.#waiting.shift().byteLength);
    }
  }

  close() {
    clearTimeout(this.#timer);
    this.#socket.onclose = null;
    this.#socket.close(1000);
  }

  #connect() {
    this.#tell('connecting', 'Connecting...');
    this.#socket = new WebSocket(this.#url, protocols(this.#token));
    this.#socket.onopen = () => this.#begin();
    this.#socket.onclose = (event) => this.#end(event);
  }

  #begin() {
    this.#opened = performance.now();
    this.#socket.send(JSON.stringify({ rate: this.#rate, channels: 1, encoding: 's16le' }));
    this.#flush();
  }

  /** The browser holds up to a second, so that what is too old can still go. */
  #flush() {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    while (this.#waiting.length && this.#seconds(this.#socket.bufferedAmount) < 1) {
      const block = this.#waiting.shift();
      this.#socket.send(block);
      this.sent += this.#seconds(block.byteLength);
    }
    if (performance.now() - this.#opened > REFUSED_BY_THEN) this.#tell('sending', 'Sending.');
  }

  #end({ code, reason }) {
    if (FINAL.has(code)) {
      this.#tell('refused', `Refused: ${reason}.`);
      return;
    }
    if (this.#opened && performance.now() - this.#opened > STEADY_MILLIS) this.#wait = FIRST_WAIT;
    this.#opened = 0;
    const wait = this.#wait * (0.75 + Math.random() / 2);
    this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT);
    const why = code > 4000 ? `Refused: ${reason}` : 'No connection';
    this.#tell('connecting', `${why}. Trying again in ${Math.ceil(wait / 1000)} s.`);
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  #tell(state, text) {
    if (text === this.#text) return;
    this.#text = text;
    this.#told(state, text);
  }

  #seconds(bytes) {
    return bytes / BYTES_A_SAMPLE / this.#rate;
  }
}
