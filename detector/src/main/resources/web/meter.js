// A level meter: a bar for the mean, a line for the peak that stays for a while, a notch for the noise floor.

import { make } from './dom.js';

const LOWEST_DBFS = -72;
const FALL_DB_PER_SECOND = 48;
const PEAK_HOLD_MILLIS = 1500;
const PEAK_FALL_DB_PER_SECOND = 24;

/** Where on the scale a level is, from 0 to 1. */
export const place = (dbfs) => Math.min(1, Math.max(0, 1 - dbfs / LOWEST_DBFS));

/** Levels as they are shown: they rise at once and fall slowly. Pure. */
export class Ballistics {
  level = LOWEST_DBFS;
  peak = LOWEST_DBFS;
  #target = LOWEST_DBFS;
  #peakAt = 0;
  #then = 0;

  /** Takes what was heard. */
  hear(rms, peak, millis) {
    this.#target = rms;
    if (peak >= this.peak) {
      this.peak = peak;
      this.#peakAt = millis;
    }
  }

  /** Goes on to that time; true while anything moves. */
  move(millis) {
    const seconds = Math.min(0.5, Math.max(0, (millis - this.#then) / 1000));
    const before = [this.level, this.peak];
    this.#then = millis;
    this.level = Math.max(this.#target, this.level - FALL_DB_PER_SECOND * seconds, LOWEST_DBFS);
    if (millis - this.#peakAt > PEAK_HOLD_MILLIS) {
      this.peak = Math.max(this.level, this.peak - PEAK_FALL_DB_PER_SECOND * seconds);
    }
    return this.level !== before[0] || this.peak !== before[1];
  }

  /** Falls to nothing from now on. */
  mute() {
    this.#target = LOWEST_DBFS;
  }
}

/** Its elements. They are moved by transforms alone, so that no frame lays the page out anew. */
export class Meter {
  #cover = make('div', { class: 'meter-cover' });
  #peak = make('div', { class: 'meter-peak' });
  #floor = make('div', { class: 'meter-floor', hidden: true });
  element = make('div', { class: 'meter', 'aria-hidden': 'true' }, this.#cover, this.#floor, this.#peak);

  show(level, peak) {
    this.#cover.style.transform = `scaleX(${(1 - place(level)).toFixed(3)})`;
    this.#peak.style.transform = `translateX(${(100 * place(peak)).toFixed(1)}%)`;
    this.#peak.hidden = peak <= LOWEST_DBFS;
  }

  /** The noise floor, or null. */
  floor(dbfs) {
    this.#floor.hidden = dbfs === null || dbfs === undefined;
    if (!this.#floor.hidden) this.#floor.style.transform = `translateX(${(100 * place(dbfs)).toFixed(1)}%)`;
  }
}
