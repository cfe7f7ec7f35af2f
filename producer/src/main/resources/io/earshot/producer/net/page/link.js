// The way to the producer: a WebSocket that comes back when it breaks.

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
const STEADY_MILLIS = 10_000;
const MOST_BUFFERED_SECONDS = 3;
const BYTES_A_SAMPLE = 2;

/** A connection that takes nothing for so long is dead, though nobody has said so. */
const DEAD_MILLIS = 5_000;

/** So long may it take until the producer lets us in. */
const LET_IN_MILLIS = 15_000;

/** There are ten blocks a second, unless the microphone is paused. */
const PAUSED_MILLIS = 1_000;

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
 * oldest goes, and the producer is told how much is missing. `told` is called with (state, text) at
 * each change: connecting, sending, refused; after the last of these it does not come back by
 * itself.
 */
export class Link {
  sent = 0;
  dropped = 0;
  #url = new URL(location.href);
  #token;
  #rate;
  #told;
  #text;
  #socket;
  #timer;
  #wait = FIRST_WAIT;
  #connecting = 0;
  #letIn = 0;
  #lastBlock = performance.now();
  #asleep = false;
  #waiting = [];

  /** What the browser had in hand, and since when it has not become less. */
  #buffered = 0;
  #movedAt = 0;

  /** Whether this connection has brought sound, and the samples that are missing since. */
  #begun = false;
  #missing = 0;

  constructor(path, token, rate, told) {
    // A path alone cannot lead to another host.
    this.#url.pathname = path;
    this.#url.search = '';
    this.#url.hash = '';
    this.#url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#token = token;
    this.#rate = rate;
    this.#told = told;
    this.#connect();
  }

  /** Takes a block; it is sent now, or soon. */
  send(buffer) {
    this.#lastBlock = performance.now();
    if (this.#asleep) this.#connect();
    this.#waiting.push(buffer);
    if (this.#isDead()) this.#leave();
    this.#flush();
    while (this.#seconds(this.#waiting.reduce((sum, block) => sum + block.byteLength, 0)) > MOST_BUFFERED_SECONDS) {
      this.#drop(this.#waiting.shift().byteLength);
    }
  }

  close() {
    clearTimeout(this.#timer);
    this.#forget();
  }

  #connect() {
    this.#asleep = false;
    this.#connecting = performance.now();
    this.#letIn = 0;
    this.#begun = false;
    this.#missing = 0;
    this.#buffered = 0;
    this.#tell('connecting', 'Connecting...');
    this.#socket = new WebSocket(this.#url, protocols(this.#token));
    this.#socket.onmessage = () => this.#begin();
    this.#socket.onclose = (event) => this.#end(event);
  }

  /** The producer has said that we are heard. */
  #begin() {
    if (this.#letIn) return;
    this.#letIn = performance.now();
    this.#movedAt = this.#letIn;
    this.#socket.send(JSON.stringify({ rate: this.#rate, channels: 1, encoding: 's16le' }));
    this.#tell('sending', 'Sending.');
    this.#flush();
  }

  /** The browser holds up to a second, so that what is too old can still go. */
  #flush() {
    if (!this.#letIn || this.#socket.readyState !== WebSocket.OPEN) return;
    while (this.#waiting.length && this.#seconds(this.#socket.bufferedAmount) < 1) {
      if (this.#missing) this.#socket.send(JSON.stringify({ missing: this.#missing }));
      this.#missing = 0;
      const block = this.#waiting.shift();
      this.#socket.send(block);
      this.#begun = true;
      this.sent += this.#seconds(block.byteLength);
    }
    this.#buffered = this.#socket.bufferedAmount;
  }

  #drop(bytes) {
    this.dropped += this.#seconds(bytes);
    if (this.#begun) this.#missing += bytes / BYTES_A_SAMPLE;
  }

  /** Without an answer TCP itself would try for a quarter of an hour. */
  #isDead() {
    const now = performance.now();
    if (this.#timer) return false;
    if (!this.#letIn) return now - this.#connecting > LET_IN_MILLIS;
    const { bufferedAmount } = this.#socket;
    if (bufferedAmount === 0 || bufferedAmount < this.#buffered) this.#movedAt = now;
    return now - this.#movedAt > DEAD_MILLIS;
  }

  #leave() {
    this.#forget();
    this.#end({ code: 1006, reason: '' });
  }

  #forget() {
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
    this.#socket.close(1000);
  }

  #end({ code, reason }) {
    if (FINAL.has(code)) {
      this.#tell('refused', `Refused: ${reason}.`);
      return;
    }
    const steady = this.#letIn && performance.now() - this.#letIn > STEADY_MILLIS;
    if (steady && !this.#isPaused()) this.#wait = FIRST_WAIT;
    this.#letIn = 0;
    const wait = this.#wait * (0.75 + Math.random() / 2);
    this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT);
    const why = code > 4000 ? `Refused: ${reason}` : 'No connection';
    this.#tell('connecting', `${why}. Trying again in ${Math.ceil(wait / 1000)} s.`);
    this.#timer = setTimeout(() => this.#again(), wait);
  }

  /** Without sound the producer would only send us away again. */
  #again() {
    this.#timer = undefined;
    this.#asleep = this.#isPaused();
    if (this.#asleep) this.#tell('connecting', 'The microphone brings nothing. Waiting for it.');
    else this.#connect();
  }

  #isPaused() {
    return performance.now() - this.#lastBlock > PAUSED_MILLIS;
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
