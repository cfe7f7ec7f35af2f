// What time it is in a stream: patches come in jerks, and the picture is to scroll evenly. Pure.

const REMEMBERED = 8;
const JUMP_MILLIS = 3000;
const SETTLE_MILLIS = 700;

/**
 * Follows a stream's capture time behind the page's own, by just so much that the next patch is there before its place
 * comes into view.
 */
export class Playhead {
  #hopMillis = 960;
  #lastEnd = null;
  #lags = [];
  #lag = null;
  #then = 0;

  /** From one patch's start to the next. */
  hop(millis) {
    this.#hopMillis = millis;
  }

  clear() {
    this.#lastEnd = null;
    this.#lags = [];
    this.#lag = null;
  }

  /** A patch has come whose sound ended at that capture time. */
  arrive(endMillis, nowMillis) {
    const follows = this.#lastEnd !== null && Math.abs(endMillis - this.#lastEnd) < JUMP_MILLIS;
    if (!follows) this.#lags = [];
    // After a pause nothing of it needs waiting for.
    const before = endMillis - this.#hopMillis;
    this.#lags.push(nowMillis - (follows ? Math.max(this.#lastEnd, before) : before));
    if (this.#lags.length > REMEMBERED) this.#lags.shift();
    this.#lastEnd = endMillis;
  }

  /** The capture time at the picture's right edge; null before the first patch. */
  at(nowMillis) {
    if (this.#lags.length === 0) return null;
    const wanted = Math.max(...this.#lags);
    if (this.#lag === null || Math.abs(wanted - this.#lag) > JUMP_MILLIS) this.#lag = wanted;
    this.#lag += (wanted - this.#lag) * (1 - Math.exp((this.#then - nowMillis) / SETTLE_MILLIS));
    this.#then = nowMillis;
    return nowMillis - this.#lag;
  }
}
