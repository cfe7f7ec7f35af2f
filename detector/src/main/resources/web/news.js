// Events as they are read out: politely, and not one by one when there are many.

import { byId } from './dom.js';
import { count, share, visible } from './text.js';

const BETWEEN_MILLIS = 5000;

export class News {
  #waiting = [];
  #timer = 0;
  #known = new Set();

  put(event) {
    if (event.state === 'closed' || this.#known.has(event.id)) return;
    if (this.#known.size > 500) this.#known.clear();
    this.#known.add(event.id);
    this.#waiting.push(event);
    if (!this.#timer) this.#tell();
  }

  #tell() {
    const events = this.#waiting.splice(0);
    if (events.length === 0) {
      this.#timer = 0;
      return;
    }
    const [first] = events;
    const rest = events.length > 1 ? `, and ${count(events.length - 1, 'more event')}` : '';
    byId('news').textContent = `${visible(first.label)} in ${visible(first.stream)}, ${share(first.confidence)}${rest}`;
    this.#timer = setTimeout(() => this.#tell(), BETWEEN_MILLIS);
  }
}
