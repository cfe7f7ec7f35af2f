// "What if": another onset threshold for a label, tried on what has been scored.

import { post } from './api.js';
import { copier, make, name, write } from './dom.js';
import { count, duration, exact, moment, share } from './text.js';

/** The slider rests when it has not moved for so long. */
const REST_MILLIS = 300;

/** The status of a detector that is busy with others, and how often and how soon it is asked again. */
const BUSY = 429;
const BUSY_TRIES = 20;
const BUSY_MILLIS = 1500;

/** Rows of each kind; the rest is told as a number. */
const MOST_ROWS = 40;

/** Of the streams that may be asked about, the one that is chosen in the page. */
const CHOSEN = 'chosen';

export class WhatIf {
  #chosen;
  #rules = new Map();
  #timer = 0;
  /** Whether the slider has been moved: it cannot stand at each threshold that a rule may have. */
  #moved = false;
  /** The question that is wanted to be answered: one is asked at a time. */
  #wanted = null;
  #asking = false;
  #label = make('select', { 'aria-label': 'Label' });
  #slider = make('input', { type: 'range', min: '0.01', max: '1', step: '0.01', 'aria-label': 'Onset threshold' });
  #value = make('output', { class: 'what-value' });
  #where = make('select', { 'aria-label': 'Streams' }, make('option', { value: '', text: 'all streams' }), make('option', { value: CHOSEN, text: 'the chosen stream' }));
  #minutes = make('select', { 'aria-label': 'Time' }, ...[[15, 'last 15 minutes'], [60, 'last hour'], [360, 'last 6 hours'], [1440, 'last 24 hours']]
    .map(([value, text]) => make('option', { value, text, selected: value === 60 })));
  #now = make('button', { class: 'quiet', type: 'button', text: 'Reset' });
  #yaml = make('pre', { class: 'yaml', tabindex: '0', 'aria-label': 'For config/earshot.yaml' });
  #sum = make('p', { class: 'what-sum', role: 'status' });
  #changes = make('div', { class: 'changes' });
  element;

  constructor(chosen) {
    this.#chosen = chosen;
    const copy = copier(make('button', { class: 'quiet', type: 'button', text: 'Copy' }), () => this.#yaml.textContent);
    this.element = make('section', { class: 'what', 'aria-label': 'What if' },
      make('h3', { text: 'What if an event began at another score?' }),
      make('div', { class: 'what-fields' }, this.#label, this.#where, this.#minutes),
      make('div', { class: 'what-slider' }, this.#slider, this.#value, this.#now),
      this.#sum, this.#changes,
      make('div', { class: 'what-yaml' }, make('p', { class: 'note', text: 'To keep it, put this into config/earshot.yaml and restart the detector:' }), this.#yaml, copy));
    this.#slider.addEventListener('input', () => {
      this.#moved = true;
      this.#changed();
    });
    this.#label.addEventListener('change', () => this.pick(this.#label.value));
    this.#where.addEventListener('change', () => this.#changed());
    this.#minutes.addEventListener('change', () => this.#changed());
    this.#now.addEventListener('click', () => this.pick(this.#label.value));
  }

  /** Takes the rules in force. */
  rules(rules) {
    const before = this.#label.value;
    this.#rules = rules;
    this.#label.replaceChildren(...[...rules.keys()].map((label) => make('option', { value: label, text: name(label).textContent })));
    if (rules.has(before)) {
      this.#label.value = before;
      if (this.#moved) this.#changed();
      else this.#start();
    } else if (rules.size > 0) this.#start();
  }

  /** Begins with the threshold that is in force for a label. */
  pick(label) {
    this.#label.value = label;
    this.#start();
  }

  /** Another stream is the chosen one. */
  choose() {
    if (this.#where.value === CHOSEN) this.#changed();
  }

  #start() {
    this.#moved = false;
    this.#slider.value = this.#rules.get(this.#label.value).onset;
    this.#changed();
  }

  #changed() {
    const rule = this.#rules.get(this.#label.value);
    if (!rule) return;
    const onset = this.#moved ? Number(this.#slider.value) : rule.onset;
    const same = onset === rule.onset;
    write(this.#value, same ? `${exact(onset)}, as it is` : `${exact(onset)} instead of ${exact(rule.onset)}`);
    write(this.#yaml, yaml(rule, onset, offsetOf(rule, onset)));
    clearTimeout(this.#timer);
    this.#want(null);
    this.#changes.replaceChildren();
    if (same) write(this.#sum, 'Move the slider: what has been scored is decided again, and what would be different stands here.');
    else this.#timer = setTimeout(() => this.#want(this.#question(rule, onset)), REST_MILLIS);
  }

  #question(rule, onset) {
    const question = { label: rule.label, onset, offset: offsetOf(rule, onset), minutes: Number(this.#minutes.value) };
    if (this.#where.value === CHOSEN && this.#chosen()) question.stream = this.#chosen();
    return question;
  }

  #want(question) {
    this.#wanted = question;
    this.element.removeAttribute('aria-busy');
    if (!question) return;
    write(this.#sum, 'Deciding again …');
    this.element.setAttribute('aria-busy', 'true');
    if (!this.#asking) this.#ask();
  }

  /** Asks until the newest question has been answered: a question that is given up is worked on all the same. */
  async #ask() {
    this.#asking = true;
    try {
      while (this.#wanted) {
        const question = this.#wanted;
        const answer = await this.#answer(question);
        if (question !== this.#wanted) continue;
        this.#want(null);
        if (answer instanceof Error) write(this.#sum, answer.message);
        else this.#show(answer);
      }
    } finally {
      this.#asking = false;
    }
  }

  /** What the detector says, or the error; null if the question is wanted no more. */
  async #answer(question) {
    for (let tries = 1; ; tries++) {
      try {
        return await post('api/what-if', question);
      } catch (error) {
        if (tries === BUSY_TRIES || error.status !== BUSY) return error;
      }
      if (question !== this.#wanted) return null;
      await new Promise((resolve) => { setTimeout(resolve, BUSY_MILLIS); });
      if (question !== this.#wanted) return null;
    }
  }

  #show({ before, after, appear, vanish, change, complete }) {
    const parts = [[appear, 'would appear'], [vanish, 'would vanish'], [change, 'would be different']];
    const told = parts.filter(([list]) => list.length > 0).map(([list, text]) => `${list.length} ${text}`);
    write(this.#sum, `${count(before, 'event')} → ${count(after, 'event')}: ${told.join(', ') || 'nothing would change'}.`
      + (complete === false ? ' There are more; these are the latest.' : ''));
    this.#changes.replaceChildren(
      ...group('Would appear', 'plus', appear, (event) => event),
      ...group('Would vanish', 'minus', vanish, (event) => event),
      ...group('Would be different', 'other', change, (pair) => pair.after, (pair) => pair.before));
  }
}

/** Of a list that begins with the oldest the newest, newest first. */
function group(title, kind, list, event, before) {
  if (list.length === 0) return [];
  const rows = list.slice(-MOST_ROWS).reverse().map((one) => changeRow(event(one), before?.(one)));
  const more = list.length > MOST_ROWS ? [make('li', { class: 'note', text: `and ${list.length - MOST_ROWS} more` })] : [];
  return [make('h4', { text: `${title} (${list.length})` }), make('ul', { class: `change ${kind}` }, ...rows, ...more)];
}

function changeRow(event, before) {
  const length = before ? `${duration(before.duration_ms)} → ${duration(event.duration_ms)}` : duration(event.duration_ms);
  return make('li', {},
    make('time', { datetime: event.onset, text: moment(Date.parse(event.onset)) }), name(event.stream),
    make('span', { text: length }), make('span', { text: share(event.confidence) }));
}

/** An offset that was the onset follows it; another one stays where it is, as long as it is no more than the onset. */
const offsetOf = (rule, onset) => (rule.offset === rule.onset ? onset : Math.min(onset, rule.offset));

/** Labels are quoted as JSON, which YAML reads. */
const yaml = (rule, onset, offset) =>
  `events:\n  labels:\n    ${JSON.stringify(rule.label)}: {onset: ${exact(onset)}, offset: ${exact(offset)}}\n`;
