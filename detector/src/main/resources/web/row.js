// An event or a candidate in the list: a line, and below it, when it is opened, all that is known.

import { make, name, write } from './dom.js';
import { details, refresh } from './details.js';
import { REASONS } from './filter.js';
import { playOrPause } from './sound.js';
import { duration, moment, share } from './text.js';

export class Row {
  #time = make('time', { class: 'row-time' });
  #length = make('span', { class: 'row-length' });
  #sure = make('span', { class: 'row-sure' });
  #bar = make('span', { class: 'row-fill' });
  #state = make('span', { class: 'row-state' });
  #details = null;
  // By keyboard, Space on the line does it.
  #play = make('button', { class: 'play', type: 'button', tabindex: '-1', 'aria-label': 'Play' });

  constructor(item) {
    this.item = item;
    this.line = make('button', { class: 'row', type: 'button', 'aria-expanded': 'false', 'aria-controls': `d-${item.id}` },
      this.#time, name(item.label, 'row-label'), name(item.stream, 'row-stream'), this.#state, this.#length,
      make('span', { class: 'row-bar', 'aria-hidden': 'true' }, this.#bar), this.#sure);
    this.element = make('li', { class: 'item' }, item.reason ? '' : this.#play, this.line);
    this.element.dataset.id = item.id;
    // These do not bubble.
    this.element.addEventListener('play', () => this.#playing(true), true);
    this.element.addEventListener('pause', () => this.#playing(false), true);
    this.line.addEventListener('click', () => this.toggle());
    this.#show();
  }

  update(item) {
    this.item = item;
    this.#show();
    if (this.isOpen) refresh(this.#details, item);
  }

  get isOpen() {
    return this.line.getAttribute('aria-expanded') === 'true';
  }

  toggle(open = !this.isOpen) {
    if (open === this.isOpen) return;
    this.line.setAttribute('aria-expanded', String(open));
    if (open) {
      this.#details = make('div', { class: 'details', id: `d-${this.item.id}` }, ...details(this.item));
      this.element.append(this.#details);
    } else {
      this.#details.remove();
      this.#details = null;
    }
  }

  /** Plays its sound, or pauses it. */
  play() {
    if (this.item.reason) return;
    this.toggle(true);
    const audio = this.element.querySelector('audio');
    if (audio) playOrPause(audio);
  }

  #playing(plays) {
    this.#play.classList.toggle('playing', plays);
    this.#play.setAttribute('aria-label', plays ? 'Pause' : 'Play');
  }

  #show() {
    const { item } = this;
    const onset = Date.parse(item.onset);
    this.#time.dateTime = item.onset;
    this.#time.title = item.onset;
    write(this.#time, moment(onset));
    write(this.#length, duration(item.duration_ms));
    write(this.#sure, share(item.confidence));
    this.#bar.style.transform = `scaleX(${item.confidence.toFixed(3)})`;
    const open = !item.reason && item.state !== 'closed';
    write(this.#state, item.reason ? REASONS[item.reason] ?? item.reason : open ? 'open' : '');
    this.element.classList.toggle('is-open', open);
    this.element.classList.toggle('is-candidate', Boolean(item.reason));
  }
}
