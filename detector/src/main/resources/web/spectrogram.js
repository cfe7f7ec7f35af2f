// The scrolling picture of what the network is given of the chosen stream.

import { colourMap } from './colour-map.js';
import { byId, make } from './dom.js';
import { BANDS, CAPACITY, COLUMN_MILLIS, MelColumns, at } from './mel-columns.js';
import { Playhead } from './playhead.js';
import { clock } from './text.js';
import { isDark, moves } from './theme.js';

const AXIS_PIXELS = 20;
const SHORTEST_MILLIS = 8_000;

/** The most that is ever in view. */
export const LONGEST_MILLIS = 20_000;

const MILLIS_PER_PIXEL = 18;
const HERTZ = [250, 500, 1000, 2000, 4000];
const LOWEST_HERTZ = 125;
const HIGHEST_HERTZ = 7500;

/** HTK's mel scale. */
const mel = (hertz) => 1127 * Math.log(1 + hertz / 700);

export class SpectrogramView {
  #canvas = byId('spectrogram');
  #context = this.#canvas.getContext('2d');
  #columns = new MelColumns();
  #playhead = new Playhead();
  #ring = make('canvas', { width: CAPACITY, height: BANDS });
  #pixels = new ImageData(CAPACITY, BANDS);
  #colours = colourMap(isDark());
  #style = null;
  #dirty = true;
  #width = 0;
  #height = 0;

  constructor() {
    byId('hertz').append(...HERTZ.map(hertzLabel));
    new ResizeObserver(() => this.#resize()).observe(byId('screen'));
  }

  /** How much is in view, ms. */
  get windowMillis() {
    return Math.min(LONGEST_MILLIS, Math.max(SHORTEST_MILLIS, this.#width * MILLIS_PER_PIXEL));
  }

  get width() {
    return this.#width;
  }

  hop(millis) {
    this.#playhead.hop(millis);
  }

  clear() {
    this.#columns.clear();
    this.#playhead.clear();
    this.#paint();
  }

  put(patch) {
    this.#columns.put(patch);
    this.#playhead.arrive(this.#columns.last * COLUMN_MILLIS, performance.now());
    this.#paint();
  }

  /** Colours have changed. */
  recolour() {
    this.#colours = colourMap(isDark());
    this.#style = null;
    this.#paint();
  }

  /**
   * Draws it as it is at that time of the page.
   *
   * @return the capture time at the right edge, ms; null if nothing has been heard, or not for a whole window
   */
  draw(millis) {
    const now = this.#playhead.at(millis);
    const end = now === null || moves() ? now : this.#columns.last * COLUMN_MILLIS;
    const gone = end === null || end - this.#columns.last * COLUMN_MILLIS > this.windowMillis;
    if (gone && !this.#dirty) return null;
    this.#dirty = !gone;
    this.#clear();
    if (gone) return null;
    this.#drawColumns(end);
    this.#drawAxis(end);
    return end;
  }

  #resize() {
    const box = byId('screen').getBoundingClientRect();
    const scale = window.devicePixelRatio || 1;
    this.#width = box.width;
    this.#height = box.height;
    this.#canvas.width = Math.round(box.width * scale);
    this.#canvas.height = Math.round(box.height * scale);
    this.#context.scale(scale, scale);
    this.#dirty = true;
  }

  /** All columns anew, as the range of their values may have moved: a millisecond's work for each patch. */
  #paint() {
    const [low, high] = this.#columns.range();
    const target = new Uint32Array(this.#pixels.data.buffer);
    const scale = 255 / (high - low);
    for (let column = 0; column < CAPACITY; column++) {
      const from = at(column);
      for (let band = 0; band < BANDS; band++) {
        const value = this.#columns.values[from + band];
        const shade = Math.min(255, Math.max(0, (value - low) * scale)) | 0;
        target[(BANDS - 1 - band) * CAPACITY + column] = value === value ? this.#colours[shade] : 0;
      }
    }
    this.#ring.getContext('2d').putImageData(this.#pixels, 0, 0);
    this.#dirty = true;
  }

  #clear() {
    this.#context.clearRect(0, 0, this.#width, this.#height);
  }

  #drawColumns(end) {
    const perColumn = this.#width * COLUMN_MILLIS / this.windowMillis;
    const right = Math.min(this.#columns.last + 1, end / COLUMN_MILLIS);
    const left = Math.max(end / COLUMN_MILLIS - this.windowMillis / COLUMN_MILLIS, this.#columns.last + 1 - CAPACITY);
    for (let from = left; from < right;) {
      const x = from % CAPACITY;
      const to = Math.min(right, from + CAPACITY - x);
      this.#context.drawImage(this.#ring, x, 0, to - from, BANDS,
        this.#width - (end / COLUMN_MILLIS - from) * perColumn, 0, (to - from) * perColumn, this.#height - AXIS_PIXELS);
      from = to;
    }
  }

  #drawAxis(end) {
    const { ink, font } = this.#look();
    const context = this.#context;
    const stepMillis = this.#width < 500 ? 2000 : 5000;
    context.fillStyle = ink;
    context.font = font;
    context.textAlign = 'center';
    const from = end - this.windowMillis;
    for (let tick = Math.ceil(from / stepMillis) * stepMillis; tick <= end; tick += stepMillis) {
      const x = (tick - from) / this.windowMillis * this.#width;
      context.fillRect(Math.round(x), this.#height - AXIS_PIXELS, 1, 4);
      if (x > 30 && x < this.#width - 30) context.fillText(clock(tick), x, this.#height - 4);
    }
  }

  #look() {
    const style = getComputedStyle(this.#canvas);
    this.#style ??= { ink: style.color, font: `11px ${style.fontFamily}` };
    return this.#style;
  }
}

function hertzLabel(hertz) {
  const label = make('span', { text: hertz < 1000 ? `${hertz}` : `${hertz / 1000}k` });
  const up = (mel(hertz) - mel(LOWEST_HERTZ)) / (mel(HIGHEST_HERTZ) - mel(LOWEST_HERTZ));
  label.style.bottom = `${(100 * up).toFixed(1)}%`;
  return label;
}
