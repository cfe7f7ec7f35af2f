// Scores of the last minute, one line for each label that was among the best.

import uPlot from './lib/uPlot.esm.js';
import { byId } from './dom.js';
import { clock, share, visible } from './text.js';

const KEPT_SECONDS = 60;
const LINES = 4;
const HEIGHT = 150;

export class History {
  #box = byId('history');
  #points = [];
  #plot = null;
  #labels = [];

  constructor() {
    new ResizeObserver(() => this.#plot?.setSize({ width: this.#box.clientWidth - 12, height: HEIGHT })).observe(this.#box);
  }

  clear() {
    this.#points = [];
    this.#destroy();
    this.#box.hidden = true;
  }

  /** Colours have changed. */
  recolour() {
    this.#destroy();
    this.#draw();
  }

  put({ start, top }) {
    const seconds = Date.parse(start) / 1000;
    const last = this.#points.at(-1)?.seconds;
    if (seconds <= last && last - seconds < KEPT_SECONDS) return;
    if (Math.abs(seconds - last) > KEPT_SECONDS) this.#points = [];
    // Of a label that is not among the best it is known that it is no better than the last of them.
    const others = top.at(-1)?.score ?? null;
    this.#points.push({ seconds, others, scores: new Map(top.map((one) => [one.label, one.score])) });
    while (seconds - this.#points[0].seconds > KEPT_SECONDS) this.#points.shift();
    this.#draw();
  }

  #draw() {
    if (this.#points.length < 2) return;
    this.#box.hidden = false;
    const labels = this.#best();
    const data = [this.#points.map((point) => point.seconds),
      ...labels.map((label) => this.#points.map((point) => point.scores.get(label) ?? point.others))];
    if (!this.#plot || labels.join('\n') !== this.#labels.join('\n')) this.#make(labels, data);
    else this.#plot.setData(data);
  }

  /** The labels with the highest scores; in the order of their names, so that lines keep their colours. */
  #best() {
    const best = new Map();
    for (const { scores } of this.#points) {
      for (const [label, score] of scores) best.set(label, Math.max(score, best.get(label) ?? 0));
    }
    return [...best].sort((a, b) => b[1] - a[1]).slice(0, LINES).map(([label]) => label).sort();
  }

  #make(labels, data) {
    this.#destroy();
    this.#labels = labels;
    const style = getComputedStyle(this.#box);
    const axis = { stroke: style.getPropertyValue('--muted'), font: `11px ${style.fontFamily}`, grid: { stroke: style.getPropertyValue('--line'), width: 1 }, ticks: { show: false } };
    const colours = [1, 2, 3, 4].map((n) => resolved(style.getPropertyValue(`--series-${n}`), this.#box));
    axis.stroke = resolved(axis.stroke, this.#box);
    axis.grid.stroke = resolved(axis.grid.stroke, this.#box);
    this.#plot = new uPlot({
      width: this.#box.clientWidth - 12,
      height: HEIGHT,
      cursor: { show: false },
      legend: { live: false },
      scales: { x: { time: false }, y: { range: [0, 1] } },
      axes: [
        { ...axis, size: 22, space: 70, values: (_, ticks) => ticks.map((tick) => clock(1000 * tick)) },
        { ...axis, size: 30, space: 30, values: (_, ticks) => ticks.map((tick) => share(tick).replace(/0$/, '')) },
      ],
      series: [{}, ...labels.map((label, i) => ({ label: visible(label), stroke: colours[i], width: 1.75, points: { show: false, size: 4 } }))],
    }, data, this.#box);
  }

  #destroy() {
    this.#plot?.destroy();
    this.#plot = null;
  }
}

/** A colour as a canvas knows it: light-dark() is CSS's alone. */
function resolved(colour, box) {
  box.style.color = colour;
  const plain = getComputedStyle(box).color;
  box.style.color = '';
  return plain;
}
