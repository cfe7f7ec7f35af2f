// What an opened row of the list shows.

import { copier, make, name } from './dom.js';
import { sound } from './sound.js';
import { duration, share, visible } from './text.js';
import { scoresText, whyCandidate, whyEvent } from './why.js';

/** Shows what has changed of an event. The sound is left alone while it plays, and until it is whole. */
export function refresh(box, event) {
  for (const part of heard(event)) box.querySelector(`.${part.className}`)?.replaceWith(part);
  const audio = box.querySelector('audio');
  if (event.state === 'closed' && (!audio || audio.paused)) box.querySelector('.sound').replaceWith(sound(pathOf(event), event));
}

/** The elements of an event's or a candidate's details. */
export const details = (item) => (item.reason ? ofCandidate(item) : ofEvent(item));

function ofCandidate(candidate) {
  return [
    words(whyCandidate(candidate)),
    scores(candidate.scores, candidate.threshold),
    facts([['Threshold', share(candidate.threshold)], ['Model', `${candidate.model.name} ${candidate.model.version}`]]),
    identity(candidate, null),
  ];
}

const ofEvent = (event) => [sound(pathOf(event), event), ...heard(event), identity(event, pathOf(event))];

const pathOf = (event) => `api/events/${encodeURIComponent(event.id)}`;

/** What changes while it goes on. */
function heard(event) {
  return [
    words(whyEvent(event)),
    ...(event.why ? [scores(event.why.scores, event.why.onset)] : []),
    facts([
      ['Level', `${event.level_dbfs.toFixed(1)} dBFS`.replace('-', '−')],
      ['Threshold', share(event.threshold)],
      ['Model', `${event.model.name} ${event.model.version}`],
      ['At its peak', event.top.map((one) => `${visible(one.label)} ${share(one.score)}`).join(' · ')],
    ]),
  ];
}

const words = (sentences) => make('p', { class: 'why', text: sentences.join(' ') });

/** A bar for each segment that is told, and the threshold across them. */
function scores(list, threshold) {
  const bars = list.map((one) => {
    const fill = make('div', { class: 'segment-fill' });
    fill.style.transform = `scaleY(${one.score.toFixed(3)})`;
    const bar = make('div', { class: 'segment', title: `segment ${one.segment}: ${share(one.score)}` }, fill);
    bar.classList.toggle('over', one.score >= threshold);
    return bar;
  });
  const line = make('div', { class: 'segment-line' });
  line.style.bottom = `${(100 * threshold).toFixed(1)}%`;
  return make('figure', { class: 'segments' },
    make('div', { class: 'segment-plot', role: 'img', 'aria-label': `Scores of ${scoresText(list)}` }, ...bars, line),
    make('figcaption', { class: 'note', text: `Scores of its segments; line: ${share(threshold)}` }));
}

function facts(pairs) {
  return make('dl', { class: 'facts' }, ...pairs.flatMap(([term, text]) => [make('dt', { text: term }), make('dd', { text })]));
}

function identity(item, path) {
  const id = make('code', { class: 'id', text: item.id });
  const copy = copier(make('button', { class: 'quiet', type: 'button', text: 'Copy id' }), () => item.id);
  const json = path && make('a', { href: path, target: '_blank', rel: 'noopener', text: 'JSON' });
  const length = make('span', { class: 'note', text: duration(item.duration_ms) });
  return make('div', { class: 'identity' }, name(item.stream, 'chip'), length, id, copy, ...(json ? [json] : []));
}
