// The list of streams. One is chosen, by click or by the arrow keys.

import { byId, make, write } from './dom.js';
import { StreamRow } from './stream-row.js';
import { count } from './text.js';

/** From so many on, they can be searched. */
const SEARCH_FROM = 8;

const ORDER = new Intl.Collator('en', { numeric: true });
const KEYS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

/** Dispatches `choose` with the stream's name as detail. */
export class Streams extends EventTarget {
  #rows = new Map();
  /** The same rows, by name. */
  #order = [];
  #list = byId('stream-list');
  #search = byId('stream-search');
  #chosen = null;
  #inView = new IntersectionObserver((entries) => entries.forEach((entry) => {
    const row = this.#rows.get(entry.target.dataset.stream);
    if (row) row.seen = entry.isIntersecting;
  }), { root: null });

  constructor() {
    super();
    this.#list.addEventListener('click', (event) => this.#choose(event.target.closest('.stream')));
    this.#list.addEventListener('keydown', (event) => this.#key(event));
    this.#search.addEventListener('input', () => this.#filter());
    this.#search.addEventListener('keydown', (event) => this.#searchKey(event));
  }

  get chosen() {
    return this.#chosen?.stream ?? '';
  }

  get names() {
    return this.#order.map((row) => row.stream);
  }

  /** Takes all of /api/streams. */
  update(streams) {
    const there = new Set(streams.map((one) => one.stream));
    for (const stream of this.#rows.keys()) if (!there.has(stream)) this.#remove(stream);
    streams.forEach((one) => this.#row(one.stream).update(one));
    this.#show();
  }

  hear(levels) {
    const now = performance.now();
    const before = this.#rows.size;
    for (const [stream, level] of Object.entries(levels)) this.#row(stream).hear(level, now);
    if (this.#rows.size !== before) this.#show();
  }

  event(event) {
    this.#rows.get(event.stream)?.event(event);
  }

  /** Moves the meters that can be seen. */
  draw(millis) {
    for (const row of this.#rows.values()) if (row.seen) row.draw(millis);
  }

  focusSearch() {
    if (byId('stream-find').hidden) (this.#chosen?.element ?? this.#list).focus();
    else this.#search.focus();
  }

  #row(stream) {
    const known = this.#rows.get(stream);
    if (known) return known;
    const row = new StreamRow(stream);
    row.element.dataset.stream = stream;
    this.#rows.set(stream, row);
    const at = this.#place(stream);
    this.#list.insertBefore(row.element, this.#order[at]?.element ?? null);
    this.#order.splice(at, 0, row);
    this.#inView.observe(row.element);
    return row;
  }

  #place(stream) {
    let low = 0;
    for (let high = this.#order.length; low < high;) {
      const middle = (low + high) >> 1;
      if (ORDER.compare(this.#order[middle].stream, stream) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #remove(stream) {
    const row = this.#rows.get(stream);
    if (row === this.#chosen) return;
    this.#inView.unobserve(row.element);
    this.#order.splice(this.#order.indexOf(row), 1);
    row.element.remove();
    this.#rows.delete(stream);
  }

  #show() {
    byId('stream-empty').hidden = this.#rows.size > 0;
    byId('stream-scale').hidden = this.#rows.size === 0;
    byId('stream-find').hidden = this.#rows.size < SEARCH_FROM;
    byId('streams').replaceChildren(...this.names.map((value) => make('option', { value })));
    this.#filter();
    if (!this.#chosen) {
      const first = this.#order.find((row) => !row.isSilent) ?? this.#order[0];
      this.#choose(first?.element);
    }
  }

  #filter() {
    const wanted = this.#search.value.trim().toLowerCase();
    let shown = 0;
    for (const row of this.#rows.values()) {
      row.element.hidden = !row.stream.toLowerCase().includes(wanted);
      if (!row.element.hidden) shown += 1;
    }
    this.#holdTabStop();
    write(byId('stream-count'), wanted ? `${shown} of ${this.#rows.size}` : this.#rows.size > 0 ? String(this.#rows.size) : '');
    byId('stream-count').title = count(this.#rows.size, 'stream');
  }

  /** One row is reached by Tab: the chosen one, or the first that is shown. */
  #holdTabStop() {
    const chosen = this.#chosen;
    const stop = chosen && !chosen.element.hidden ? chosen : this.#order.find((row) => !row.element.hidden);
    for (const row of this.#order) row.element.tabIndex = row === stop ? 0 : -1;
  }

  #choose(element) {
    const row = element && this.#rows.get(element.dataset.stream);
    if (!row || row === this.#chosen) return;
    this.#chosen?.choose(false);
    this.#chosen = row;
    row.choose(true);
    this.#holdTabStop();
    this.dispatchEvent(new CustomEvent('choose', { detail: row.stream }));
  }

  #key(event) {
    const step = KEYS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const rows = [...this.#list.children].filter((row) => !row.hidden);
    const at = rows.indexOf(event.target.closest('.stream'));
    const to = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    this.#choose(to);
    to?.focus();
  }

  #searchKey(event) {
    const first = [...this.#list.children].find((row) => !row.hidden);
    if (event.key === 'Escape') {
      this.#search.value = '';
      this.#filter();
      (this.#chosen?.element ?? this.#search).focus();
    } else if (first && (event.key === 'Enter' || event.key === 'ArrowDown')) {
      event.preventDefault();
      this.#choose(first);
      first.focus();
    }
  }
}
