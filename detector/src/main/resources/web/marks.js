// Events of the chosen stream, drawn over its spectrogram: open ones grow with it.

import { byId, make, name } from './dom.js';
import { LONGEST_MILLIS } from './spectrogram.js';
import { share } from './text.js';

const LANE_PIXELS = 24;
const LANES = 6;

/** A label is about so wide, and lanes keep them apart. */
const LETTER_PIXELS = 7;
const LABEL_PIXELS = 56;

/** Behind what was heard last the picture may be some seconds. */
const KEPT_MILLIS = LONGEST_MILLIS + 5000;

/** Dispatches `open` with an event's id when its mark is clicked. */
export class Marks extends EventTarget {
  #marks = new Map();
  #box = byId('marks');
  /** Capture time of what was heard last. */
  #last = -Infinity;

  clear() {
    this.#last = -Infinity;
    this.#marks.clear();
    this.#box.replaceChildren();
  }

  put(event) {
    const known = this.#marks.get(event.id);
    if (known?.event.state === 'closed' || (!known && this.#isPast(event))) return;
    const mark = known ?? this.#make(event);
    mark.event = event;
    mark.onset = Date.parse(event.onset);
    mark.offset = event.offset ? Date.parse(event.offset) : null;
    mark.element.classList.toggle('open', mark.offset === null);
    mark.score.textContent = share(event.confidence);
    this.#forget();
  }

  /** What goes on is of now, even if the stream's clock has been set back. */
  #isPast(event) {
    if (event.state !== 'closed') {
      this.#last = Date.parse(event.onset);
      return false;
    }
    this.#last = Math.max(this.#last, Date.parse(event.offset));
    return Date.parse(event.offset) < this.#last - KEPT_MILLIS;
  }

  /** A page that is not seen draws nothing, and would keep them all. */
  #forget() {
    for (const [id, mark] of this.#marks) {
      if (mark.offset !== null && mark.offset < this.#last - KEPT_MILLIS) this.#remove(id, mark);
    }
  }

  /** Puts them where they are with that capture time at the right edge; null hides them all. */
  draw(end, windowMillis, width) {
    const from = end - windowMillis;
    const scale = width / windowMillis;
    for (const [id, mark] of this.#marks) {
      if (end === null) mark.element.hidden = true;
      else if (mark.offset !== null && mark.offset < from) this.#remove(id, mark);
      else place(mark, (mark.onset - from) * scale, ((mark.offset ?? end) - from) * scale, width);
    }
  }

  #remove(id, mark) {
    mark.element.remove();
    this.#marks.delete(id);
  }

  #make(event) {
    const score = make('span', { class: 'mark-score' });
    const label = make('span', { class: 'mark-label' }, name(event.label), score);
    const element = make('button', { class: 'mark', type: 'button', tabindex: '-1', hidden: true }, label);
    element.addEventListener('click', () => this.dispatchEvent(new CustomEvent('open', { detail: event.id })));
    const mark = { element, score, event, lane: this.#lane(event) };
    label.style.top = `${4 + LANE_PIXELS * mark.lane}px`;
    this.#marks.set(event.id, mark);
    this.#box.append(element);
    return mark;
  }

  /** The first lane in which no label is near. */
  #lane(event) {
    const onset = Date.parse(event.onset);
    const room = 25 * (LABEL_PIXELS + LETTER_PIXELS * event.label.length);
    const near = [...this.#marks.values()].filter((other) => other.event.offset === null || onset - other.onset < room);
    const taken = new Set(near.map((other) => other.lane));
    for (let lane = 0; lane < LANES; lane++) if (!taken.has(lane)) return lane;
    return LANES - 1;
  }
}

/** Between two places in pixels; its label stays in view when its onset has left. */
function place(mark, left, right, width) {
  const { element } = mark;
  element.hidden = left > width;
  const start = Math.max(0, left);
  element.classList.toggle('begun', left < 0);
  element.style.transform = `translateX(${start.toFixed(1)}px)`;
  element.style.width = `${Math.max(2, Math.min(width, right) - start).toFixed(1)}px`;
}
