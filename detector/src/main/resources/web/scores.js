// The best five labels of the newest segment, each with the score from which it is an event.

import { byId, make, write } from './dom.js';
import { share, visible } from './text.js';

const BEST = 5;

export class Scores {
  #rows = Array.from({ length: BEST }, () => new ScoreRow());
  #rules = new Map();

  constructor() {
    byId('scores').append(...this.#rows.map((row) => row.element));
    this.clear();
  }

  /** Takes /api/rules' rules, by label. */
  rules(rules) {
    this.#rules = rules;
  }

  clear() {
    byId('scores').hidden = true;
    byId('scores-empty').hidden = false;
  }

  show({ top }) {
    byId('scores').hidden = false;
    byId('scores-empty').hidden = true;
    this.#rows.forEach((row, i) => row.show(top[i], this.#rules.get(top[i]?.label)));
  }
}

class ScoreRow {
  #label = make('bdi', { class: 'score-label' });
  #number = make('span', { class: 'score-number' });
  #fill = make('div', { class: 'score-fill' });
  #mark = make('div', { class: 'score-mark' });
  element = make('li', { class: 'score' }, this.#label, this.#number,
    make('div', { class: 'score-bar' }, this.#fill, this.#mark));

  show(score, rule) {
    this.element.hidden = !score;
    if (!score) return;
    write(this.#label, visible(score.label));
    write(this.#number, share(score.score));
    this.#fill.style.transform = `scaleX(${score.score.toFixed(3)})`;
    this.#mark.hidden = !rule;
    if (rule) this.#mark.style.transform = `translateX(${(100 * rule.onset).toFixed(1)}%)`;
    this.element.classList.toggle('over', Boolean(rule?.allowed) && score.score >= rule.onset);
    this.element.classList.toggle('barred', rule?.allowed === false);
  }
}
