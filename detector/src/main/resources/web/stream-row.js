// One stream in the list: its name, level and open events.

import { make, name, write } from './dom.js';
import { Ballistics, Meter } from './meter.js';
import { decibels, moment } from './text.js';

/** So often the number changes; faster nobody reads it. */
const NUMBER_MILLIS = 400;

/** Levels come ten times a second. */
const SILENT_MILLIS = 5000;

export class StreamRow {
  #ballistics = new Ballistics();
  #meter = new Meter();
  #number = make('span', { class: 'stream-level' });
  #open = make('span', { class: 'stream-open' });
  #labels = new Set();
  #heardAt = -Infinity;
  #lastFrame = null;
  #silent = null;
  #numberAt = 0;
  #rms = null;

  constructor(stream) {
    this.stream = stream;
    /** Whether it can be seen; set by the list. */
    this.seen = true;
    /** As the detector has told. */
    this.isSilent = false;
    this.element = make('div', { class: 'stream', role: 'option', tabindex: '-1', 'aria-selected': 'false' },
      name(stream, 'stream-name'), this.#number, this.#meter.element, this.#open);
    this.element.title = this.element.firstChild.textContent;
    this.#meter.show(this.#ballistics.level, this.#ballistics.peak);
  }

  /** Takes what /api/streams tells of it. */
  update(told) {
    this.isSilent = told.silent;
    this.#lastFrame = Date.parse(told.last_frame);
    this.#meter.floor(told.noise_floor_dbfs);
    this.#labels = new Set(told.open ?? []);
    this.#showOpen();
    if (told.silent) this.#heardAt = -Infinity;
    else if (this.#heardAt === -Infinity) this.#heardAt = performance.now();
  }

  hear([rms, peak], millis) {
    this.#rms = rms;
    this.#heardAt = millis;
    this.#lastFrame = Date.now();
    this.#ballistics.hear(rms, peak, millis);
  }

  /** Takes an event of the stream. */
  event(event) {
    if (event.state === 'closed') this.#labels.delete(event.label);
    else this.#labels.add(event.label);
    this.#showOpen();
  }

  /** Shows where the level is at that time of the page. */
  draw(millis) {
    const silent = millis - this.#heardAt > SILENT_MILLIS;
    if (silent !== this.#silent) this.#markSilent(silent);
    if (this.#ballistics.move(millis)) this.#meter.show(this.#ballistics.level, this.#ballistics.peak);
    if (!silent && this.#rms !== null && millis - this.#numberAt > NUMBER_MILLIS) {
      this.#numberAt = millis;
      write(this.#number, decibels(this.#rms));
    }
  }

  choose(chosen) {
    this.element.setAttribute('aria-selected', String(chosen));
  }

  #markSilent(silent) {
    this.#silent = silent;
    this.element.classList.toggle('silent', silent);
    if (!silent) return;
    this.#ballistics.mute();
    write(this.#number, this.#lastFrame ? `silent since ${moment(this.#lastFrame)}` : 'silent');
  }

  #showOpen() {
    this.#open.replaceChildren(...[...this.#labels].sort().map((label) => name(label, 'chip')));
  }
}
