// What is listed, newest first, each id once, however often and in whatever order it was told. Pure.

/** A longer list would be slow, and nobody reads it. */
const MOST = 300;

/** Whether an event or a candidate has all that its line shows. */
export const isWhole = (item) => [item.id, item.label, item.stream].every((text) => typeof text === 'string')
  && [Date.parse(item.onset), item.duration_ms, item.confidence].every(Number.isFinite);

export class Book {
  /** Newest first. */
  items = [];
  #byId = new Map();
  #least;
  #most;

  constructor(most = MOST) {
    this.#least = most;
    this.#most = most;
  }

  get isFull() {
    return this.items.length >= this.#most;
  }

  get(id) {
    return this.#byId.get(id);
  }

  clear() {
    this.items = [];
    this.#byId.clear();
    this.#most = this.#least;
  }

  /**
   * Takes an item, unless a later state of it is known.
   *
   * @return {{at: number, isNew: boolean}|null} its place now; null if nothing has changed
   */
  put(item) {
    const known = this.#byId.get(item.id);
    if (known && !isLater(item, known)) return null;
    this.#byId.set(item.id, item);
    if (known) {
      const at = this.items.indexOf(known);
      this.items[at] = item;
      return { at, isNew: false };
    }
    const at = this.#place(item);
    this.items.splice(at, 0, item);
    return { at, isNew: true };
  }

  /** Room for so many more. */
  widen(more) {
    this.#most += more;
  }

  /** Takes the oldest away that are too many; their number. */
  trim() {
    const over = this.items.splice(this.#most);
    over.forEach((item) => this.#byId.delete(item.id));
    return over.length;
  }

  #place(item) {
    let low = 0;
    for (let high = this.items.length; low < high;) {
      const middle = (low + high) >> 1;
      if (compare(this.items[middle], item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** As the detector lists them: newest first, and of one millisecond the greater id first. */
const compare = (a, b) => Date.parse(b.onset) - Date.parse(a.onset) || (a.id > b.id ? -1 : 1);

/** Where an item stands, as the detector writes it: what is older goes on from there. */
export const placeOf = (item) => `${Date.parse(item.onset)}_${item.id}`;

function isLater(item, known) {
  if (known.state === 'closed') return false;
  return item.state === 'closed' || item.duration_ms > known.duration_ms || item.confidence > known.confidence;
}
