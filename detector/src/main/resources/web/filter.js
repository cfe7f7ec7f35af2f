// Which events are listed.

import { byId, make } from './dom.js';
import { share } from './text.js';

export const REASONS = {
  below_onset: 'below the threshold',
  below_n_of_m: 'too few segments',
  too_short: 'too short',
  cooldown: 'in the cooldown',
  denied: 'denied',
  not_allowed: 'not allowed',
  quiet_hours: 'in quiet hours',
};

/** Typing is over when nothing has been typed for so long. */
const REST_MILLIS = 250;

/** Dispatches `change` when something else is wanted. */
export class Filter extends EventTarget {
  #form = byId('filter');
  #timer = 0;

  constructor() {
    super();
    const reasons = Object.entries(REASONS).map(([value, text]) => make('option', { value, text }));
    this.#field('reason').append(make('option', { value: '', text: 'any' }), ...reasons);
    this.#form.addEventListener('input', () => this.#changed());
    this.#form.addEventListener('reset', () => setTimeout(() => this.#changed()));
    this.#form.addEventListener('submit', (event) => event.preventDefault());
  }

  /** What the API is to be asked for. */
  query(now = Date.now()) {
    const value = (key) => this.#field(key).value.trim();
    const time = value('time');
    const span = time === 'span';
    return {
      label: value('label'),
      stream: value('stream'),
      min_confidence: Number(value('confidence')) > 0 ? value('confidence') : '',
      from: span ? instant(value('from')) : time ? new Date(now - 60_000 * Number(time)).toISOString() : '',
      to: span ? instant(value('to')) : '',
      reason: byId('reason-field').hidden ? '' : value('reason'),
    };
  }

  /** Whether something that came just now is among it. */
  matches(item) {
    const query = this.query();
    return (!query.label || query.label === item.label)
      && (!query.stream || query.stream === item.stream)
      && (!query.min_confidence || item.confidence >= Number(query.min_confidence))
      && (!query.from || Date.parse(item.onset) >= Date.parse(query.from))
      && (!query.to || Date.parse(item.onset) < Date.parse(query.to))
      && (!query.reason || query.reason === item.reason);
  }

  get isEmpty() {
    return Object.values(this.query()).every((value) => value === '');
  }

  #field(key) {
    return this.#form.elements[key];
  }

  #changed() {
    const span = this.#field('time').value === 'span';
    this.#form.querySelectorAll('.span').forEach((field) => { field.hidden = !span; });
    this.#form.querySelector('output').value = share(Number(this.#field('confidence').value));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.dispatchEvent(new Event('change')), REST_MILLIS);
  }
}

/** RFC 3339 of a field's local time. */
function instant(local) {
  const millis = Date.parse(local);
  return Number.isNaN(millis) ? '' : new Date(millis).toISOString();
}
