// The connection to /api/live: held, and taken up again whenever it breaks.

import { address, ask } from './api.js';
import { readEvents } from './sse.js';

const FIRST_WAIT_MILLIS = 500;
const LONGEST_WAIT_MILLIS = 5000;

/** The detector sends a sign of life every ten seconds. */
const SILENCE_MILLIS = 25_000;

/** A page that is not seen gives its connection away: a browser has six for a host, for all of its tabs. */
const HIDDEN_MILLIS = 3000;

/**
 * Dispatches `state` events (detail: `live`, `connecting`, `waiting`, `token`, `crowded` or `asleep`), and one for each that
 * the detector sends, its JSON as detail: `hello`, `levels`, `patch`, `scores`, `event`, `candidate`, `lost`.
 */
export class Live extends EventTarget {
  #stream = '';
  #connection = null;
  #wake = () => {};
  #waitMillis = FIRST_WAIT_MILLIS;
  #lastId = '';
  #sleepy = 0;
  #asleep = false;

  /** Starts, and never ends. */
  async run() {
    document.addEventListener('visibilitychange', () => this.#seen());
    this.#seen();
    for (;;) {
      const problem = this.#asleep ? 'asleep' : await this.#listen();
      if (problem === 'changed' || (problem === 'asleep' && !this.#asleep)) continue;
      await this.#pause(problem);
    }
  }

  /** Patches and scores shall be of this stream; false if they are already. */
  choose(stream) {
    if (stream === this.#stream) return false;
    this.#stream = stream;
    this.#connection?.abort('changed');
    return true;
  }

  /** Tries now. */
  retry() {
    this.#wake();
  }

  #seen() {
    clearTimeout(this.#sleepy);
    if (document.hidden) {
      this.#sleepy = setTimeout(() => {
        this.#asleep = true;
        this.#connection?.abort('asleep');
      }, HIDDEN_MILLIS);
    } else if (this.#asleep) {
      this.#asleep = false;
      this.#waitMillis = FIRST_WAIT_MILLIS;
      this.#wake();
    }
  }

  async #listen() {
    const connection = new AbortController();
    this.#connection = connection;
    let alive = Date.now();
    const watch = setInterval(() => {
      if (Date.now() - alive > SILENCE_MILLIS) connection.abort('silent');
    }, 1000);
    try {
      // What came after that id is told first.
      const headers = this.#lastId ? { 'Last-Event-ID': this.#lastId } : {};
      const answer = await ask(address('api/live', { stream: this.#stream }), { signal: connection.signal, headers });
      await readEvents(answer.body, (...event) => this.#handle(...event), () => { alive = Date.now(); });
      return 'waiting';
    } catch (error) {
      const { reason } = connection.signal;
      if (reason === 'changed' || reason === 'asleep') return reason;
      return { 401: 'token', 429: 'crowded' }[error.status] ?? 'waiting';
    } finally {
      clearInterval(watch);
      // Else the browser would go on reading what nobody listens to.
      connection.abort('over');
    }
  }

  #handle(name, data, id) {
    if (id) this.#lastId = id;
    const detail = json(data);
    if (detail === null) return;
    if (name === 'hello') {
      this.#waitMillis = FIRST_WAIT_MILLIS;
      this.#tell('state', 'live');
    }
    this.#tell(name, detail);
  }

  async #pause(state) {
    this.#tell('state', state);
    await new Promise((resolve) => {
      this.#wake = resolve;
      // Without the token it would be refused again; asleep it waits until it is seen.
      if (state !== 'token' && state !== 'asleep') setTimeout(resolve, this.#waitMillis);
    });
    this.#waitMillis = Math.min(2 * this.#waitMillis, LONGEST_WAIT_MILLIS);
    this.#tell('state', 'connecting');
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** Null if it is none: what comes after it is told all the same. */
function json(data) {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
