// The list of events, or of candidates: pages of what was, and on top of them what comes.

import { address, get } from './api.js';
import { Book, isWhole, placeOf } from './book.js';
import { byId } from './dom.js';
import { Row } from './row.js';

const PAGE = 50;

/** After a break as many pages are read as it takes to meet what was known, up to so many. */
const CATCH_UP_PAGES = 6;

/** A detector that has just begun does not know yet what there is. */
const NOT_YET = 503;
const NOT_YET_MILLIS = 2000;

const EMPTY = {
  events: ['No event yet. What is heard from now on appears here by itself.', 'No event fits this filter.'],
  candidates: ['Nothing has come near to being an event.', 'No candidate fits this filter.'],
};

export class List {
  #kind = 'events';
  #filter;
  #book = new Book();
  #rows = new Map();
  #cursor = null;
  /** Whether the first page has been read: without it nobody knows what is older than what comes live. */
  #begun = false;
  /** Whether what is older than the last row has been asked for: until it is there, that row stays. */
  #goesOn = false;
  /** Ids that were listed before a break, until all that came after them is listed, too. */
  #known = null;
  #asked = new AbortController();
  #loaded = Promise.resolve();
  #box = byId('rows');

  constructor(filter) {
    this.#filter = filter;
    filter.addEventListener('change', () => this.reload());
    byId('older').addEventListener('click', () => this.#older());
    this.#box.addEventListener('keydown', (event) => this.#key(event));
    // Else Firefox clicks the button when Space is let go.
    this.#box.addEventListener('keyup', (event) => event.key === ' ' && event.target.matches('.row') && event.preventDefault());
    this.#box.addEventListener('click', (event) => {
      if (event.target.closest('.play')) this.#rows.get(event.target.closest('.item').dataset.id).play();
    });
  }

  get kind() {
    return this.#kind;
  }

  /** Lists `events` or `candidates`. */
  show(kind) {
    if (kind === this.#kind) return;
    this.#kind = kind;
    byId('reason-field').hidden = kind !== 'candidates';
    this.reload();
  }

  /** Begins anew. */
  reload() {
    this.#loaded = this.#load();
    return this.#loaded;
  }

  async #load() {
    this.#asked.abort();
    this.#asked = new AbortController();
    this.#book.clear();
    this.#rows.clear();
    this.#box.replaceChildren();
    this.#cursor = null;
    this.#begun = false;
    this.#known = null;
    const page = await this.#page({});
    if (page) {
      this.#begun = true;
      this.#cursor = page.next;
      this.#finish();
    }
  }

  /** Reads what may have been missed while there was no connection. */
  async catchUp() {
    if (!this.#begun || this.#book.items.length === 0) {
      await this.reload();
      return;
    }
    // An attempt that was broken off has listed some of it already, and they are no sign that the rest is there.
    this.#known ??= new Set(this.#book.items.map((item) => item.id));
    const known = this.#known;
    let cursor = null;
    for (let i = 0; i < CATCH_UP_PAGES; i++) {
      const page = await this.#page({ cursor });
      if (!page) return;
      if (!page.next || page.items.some((item) => known.has(item.id))) {
        this.#known = null;
        this.#finish();
        return;
      }
      cursor = page.next;
    }
    // So much has been missed that there would be a gap.
    await this.reload();
  }

  /** Takes an event or a candidate that has come just now. */
  put(kind, item) {
    const fits = kind === this.#kind && (this.#book.get(item.id) || this.#filter.matches(item));
    if (!fits) return;
    this.#enter(item);
    if (this.#book.isFull && !this.#goesOn) this.#trim();
    this.#finish();
  }

  /** Opens an event and brings it into view, be it listed yet or not. */
  async open(id) {
    await this.#loaded;
    const { signal } = this.#asked;
    if (!this.#rows.has(id)) await this.#fetch(id, signal);
    if (signal.aborted) return;
    const row = this.#rows.get(id);
    row?.toggle(true);
    row?.element.scrollIntoView({ block: 'nearest' });
    row?.line.focus({ preventScroll: true });
  }

  async #fetch(id, signal) {
    try {
      const event = await get(`api/events/${encodeURIComponent(id)}`, {}, signal);
      if (signal.aborted) return;
      this.#enter(event);
      this.#finish();
    } catch (error) {
      if (error.name !== 'AbortError') this.#note(error.message);
    }
  }

  async #page(more) {
    const { signal } = this.#asked;
    const kind = this.#kind;
    try {
      const answer = await get(`api/${kind}`, { ...this.#filter.query(), limit: PAGE, ...more }, signal);
      if (signal.aborted) return null;
      answer[kind].forEach((item) => this.#enter(item));
      return { items: answer[kind], next: answer.next };
    } catch (error) {
      // Where nobody answers, the connection's state says so already.
      if (error.name !== 'AbortError' && error.status !== 0) this.#note(error.message);
      if (error.status === NOT_YET) setTimeout(() => signal.aborted || this.catchUp(), NOT_YET_MILLIS);
      return null;
    }
  }

  async #older() {
    if (this.#goesOn) return;
    const oldest = this.#book.items.at(-1);
    this.#goesOn = true;
    const page = await this.#page({ cursor: this.#cursor ?? (oldest && placeOf(oldest)) });
    this.#goesOn = false;
    if (!page) return;
    this.#book.widen(page.items.length);
    this.#cursor = page.next;
    this.#finish();
  }

  #enter(item) {
    if (!isWhole(item)) return;
    const place = this.#book.put(item);
    if (!place) return;
    if (!place.isNew) {
      this.#rows.get(item.id).update(item);
      return;
    }
    const row = new Row(item);
    this.#rows.set(item.id, row);
    this.#box.insertBefore(row.element, this.#box.children[place.at] ?? null);
  }

  /** Keeps the list short while nobody has asked for its end. */
  #trim() {
    for (let n = this.#book.trim(); n > 0; n--) {
      const last = this.#box.lastElementChild;
      this.#rows.delete(last.dataset.id);
      last.remove();
      this.#cursor = null;
      byId('older').hidden = false;
    }
  }

  #finish() {
    byId('older').hidden = !this.#cursor && !this.#book.isFull;
    byId('csv').href = address(`api/${this.#kind}`, { ...this.#filter.query(), limit: 1000, format: 'csv' });
    byId('csv').hidden = this.#kind !== 'events';
    this.#note(this.#book.items.length > 0 ? '' : EMPTY[this.#kind][this.#filter.isEmpty ? 0 : 1]);
  }

  #note(text) {
    byId('rows-empty').textContent = text;
    byId('rows-empty').hidden = text === '';
  }

  #key(event) {
    const element = event.target.closest('.item');
    if (!element || !event.target.matches('.row')) return;
    const row = this.#rows.get(element.dataset.id);
    const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key];
    const end = { Home: 'firstElementChild', End: 'lastElementChild' }[event.key];
    if (step || end) {
      event.preventDefault();
      (step ? element[step] : this.#box[end])?.querySelector('.row').focus();
    } else if (event.key === ' ') {
      event.preventDefault();
      row.play();
    } else if (event.key === 'Escape') {
      row.toggle(false);
    }
  }
}
