// The connection to /api/live: held, and taken up again whenever it breaks.

import { address, ask } from './api.js';
import { readEvents } from './sse.js';

const FIRST_WAIT_MILLIS = 500;
const LONGEST_WAIT_MILLIS = 5000;

/** The detector sends a sign of life every ten seconds. */
const SILENCE_MILLIS = 25_000;

/**
 * Dispatches `state` events (detail: `live`, `connecting`, `waiting`, `token` or `crowded`), and one for each that the
 * detector sends, its JSON as detail: `hello`, `levels`, `patch`, `scores`, `event`, `candidate`.
 */
export class Live extends EventTarget {
  #stream = '';
  #connection = null;
  #wake = () => {};
  #waitMillis = FIRST_WAIT_MILLIS;
  #lastId = '';

  /** Starts, and never ends. */
  async run() {
    for (;;) {
      const problem = await this.#listen();
      if (problem === 'changed') continue;
      await this.#pause(problem);
    }
  }

  /** Patches and scores shall be of this stream. */
  choose(stream) {
    if (stream === this.#stream) return;
    this.#stream = stream;
    this.#connection?.abort('changed');
  }

  /** Tries now. */
  retry() {
    this.#wake();
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
      if (connection.signal.reason === 'changed') return 'changed';
      return { 401: 'token', 429: 'crowded' }[error.status] ?? 'waiting';
    } finally {
      clearInterval(watch);
    }
  }

  #handle(name, data, id) {
    if (id) this.#lastId = id;
    if (name === 'hello') {
      this.#waitMillis = FIRST_WAIT_MILLIS;
      this.#tell('state', 'live');
    }
    this.#tell(name, JSON.parse(data));
  }

  async #pause(state) {
    this.#tell('state', state);
    await new Promise((resolve) => {
      this.#wake = resolve;
      // Without the token it would be refused again.
      if (state !== 'token') setTimeout(resolve, this.#waitMillis);
    });
    this.#waitMillis = Math.min(2 * this.#waitMillis, LONGEST_WAIT_MILLIS);
    this.#tell('state', 'connecting');
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
