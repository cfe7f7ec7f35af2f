// The rules of each label, and what another threshold would have made of the last hour.

import { get } from './api.js';
import { byId, make, name, write } from './dom.js';
import { count, duration, exact } from './text.js';
import { WhatIf } from './what-if.js';

/** AudioSet has 521 labels; nobody reads them all. */
const MOST_ROWS = 60;

export class Thresholds {
  #rules = new Map();
  #whatIf;
  #search = make('input', { type: 'search', placeholder: 'Find a label', 'aria-label': 'Find a label', autocomplete: 'off', spellcheck: 'false' });
  #body = make('tbody');
  #more = make('p', { class: 'note' });
  #model = make('p', { class: 'note' });

  /**
   * @param {function(): string} chosen the chosen stream
   */
  constructor(chosen) {
    this.#whatIf = new WhatIf(chosen);
    const head = ['Label', 'Onset', 'Offset', 'N of M', 'Least', 'Merge', 'Cooldown', 'Smoothing'];
    const table = make('table', { class: 'rules' },
      make('thead', {}, make('tr', {}, ...head.map((text) => make('th', { text, scope: 'col' })))), this.#body);
    byId('pane-thresholds').append(this.#whatIf.element,
      make('div', { class: 'rules-head' }, make('h3', { text: 'Rules in force' }), this.#search), this.#model,
      make('div', { class: 'rules-box', tabindex: '0', role: 'region', 'aria-label': 'Rules in force' }, table), this.#more);
    this.#search.addEventListener('input', () => this.#show());
    this.#body.addEventListener('click', (event) => this.#pick(event.target.closest('button')));
  }

  /** Rules by label. */
  get rules() {
    return this.#rules;
  }

  /** Asks for them anew: a restarted detector may have others. */
  async load() {
    const { model, rules } = await get('api/rules');
    this.#rules = new Map(rules.map((rule) => [rule.label, rule]));
    write(this.#model, `${model.name} ${model.version}, ${count(rules.length, 'label')}. They stand in config/earshot.yaml under events.`);
    byId('labels').replaceChildren(...rules.map((rule) => make('option', { value: rule.label })));
    this.#whatIf.rules(this.#rules);
    this.#show();
  }

  /** Another stream is the chosen one. */
  choose() {
    this.#whatIf.choose();
  }

  #show() {
    const wanted = this.#search.value.trim().toLowerCase();
    const found = [...this.#rules.values()].filter((rule) => rule.label.toLowerCase().includes(wanted));
    this.#body.replaceChildren(...found.slice(0, MOST_ROWS).map(ruleRow));
    const more = found.length - MOST_ROWS;
    write(this.#more, found.length === 0 ? 'No label has such a name.' : more > 0 ? `and ${more} more; find them by name` : '');
  }

  #pick(button) {
    if (!button) return;
    this.#whatIf.pick(button.dataset.label);
    this.#whatIf.element.scrollIntoView({ block: 'nearest' });
  }
}

function ruleRow(rule) {
  const button = make('button', { class: 'link', type: 'button' }, name(rule.label));
  button.dataset.label = rule.label;
  const time = (millis) => (millis > 0 ? duration(millis) : '–');
  const cells = [exact(rule.onset), exact(rule.offset), rule.n_of_m, time(rule.min_duration_ms), time(rule.merge_gap_ms),
    time(rule.cooldown_ms), rule.smoothing === 'none' ? '–' : rule.smoothing];
  const label = make('th', { scope: 'row' }, button, rule.allowed ? '' : make('span', { class: 'note', text: ' not allowed' }));
  return make('tr', {}, label, ...cells.map((text) => make('td', { text })));
}
