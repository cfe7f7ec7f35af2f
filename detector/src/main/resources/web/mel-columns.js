// The last half minute of a stream's log-mel, by capture time. Pure.

export const BANDS = 64;
export const COLUMN_MILLIS = 10;
const ROWS = 96;

/** Columns that are kept: half a minute. */
export const CAPACITY = 3000;

/** Softest and loudest are so far apart at least (natural logarithm of magnitude), or silence would look like a storm. */
const LEAST_RANGE = 4;

/** The softest of the values are the paper: noise, in most rooms. */
const PAPER = 0.1;
const INK = 0.998;
const BINS = 512;

export class MelColumns {
  /** By column modulo capacity, then band; NaN where nothing was heard. */
  values = new Float32Array(CAPACITY * BANDS).fill(NaN);
  /** The newest column: capture time in milliseconds since 1970 divided by {@link COLUMN_MILLIS}. */
  last = -Infinity;
  #low = null;
  #high = null;

  /**
   * Takes a patch: of what overlaps, the newer is as true as the older.
   *
   * @param {object} patch as /api/live sends it
   */
  put({ start, bands, low, high }) {
    const levels = Uint8Array.from(atob(bands), (letter) => letter.charCodeAt(0));
    const first = Math.round(Date.parse(start) / COLUMN_MILLIS);
    if (levels.length !== ROWS * BANDS || Number.isNaN(first)) return;
    // Another clock, or another run of a file.
    if (Math.abs(first - this.last) > CAPACITY) this.values.fill(NaN);
    for (let column = this.last + 1; column < first && column > this.last && this.last > first - CAPACITY; column++) {
      this.values.fill(NaN, at(column), at(column) + BANDS);
    }
    for (let row = 0; row < ROWS; row++) {
      const to = at(first + row);
      for (let band = 0; band < BANDS; band++) {
        this.values[to + band] = low + levels[row * BANDS + band] / 255 * (high - low);
      }
    }
    this.last = first + ROWS - 1;
  }

  clear() {
    this.values.fill(NaN);
    this.last = -Infinity;
    this.#low = null;
  }

  /** What is drawn as paper and as ink: quantiles of all that is kept, which move a little at a time. */
  range() {
    const [low, high] = this.#quantiles();
    if (this.#low === null) {
      this.#low = low;
      this.#high = high;
    }
    this.#low += 0.3 * (low - this.#low);
    this.#high += 0.3 * (high - this.#high);
    return [this.#low, Math.max(this.#high, this.#low + LEAST_RANGE)];
  }

  #quantiles() {
    let least = Infinity;
    let most = -Infinity;
    for (const value of this.values) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
    if (least >= most) return [0, 0];
    const bins = new Uint32Array(BINS);
    let heard = 0;
    for (const value of this.values) {
      if (value === value) {
        bins[Math.floor((BINS - 1) * (value - least) / (most - least))]++;
        heard++;
      }
    }
    return [PAPER, INK].map((wanted) => {
      let bin = 0;
      for (let sum = bins[0]; sum < wanted * heard; sum += bins[bin]) bin++;
      return least + bin / (BINS - 1) * (most - least);
    });
  }
}

/** Where a column's values begin. */
export const at = (column) => (column % CAPACITY) * BANDS;
