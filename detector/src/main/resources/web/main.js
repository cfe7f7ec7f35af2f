// The live page: what comes from the detector, handed to the parts that show it.

import { get } from './api.js';
import { isWhole } from './book.js';
import { byId, write } from './dom.js';
import { Filter } from './filter.js';
import { History } from './history.js';
import { List } from './list.js';
import { Live } from './live.js';
import { Marks } from './marks.js';
import { News } from './news.js';
import { Scores } from './scores.js';
import { SpectrogramView } from './spectrogram.js';
import { Streams } from './streams.js';
import { startTabs } from './tabs.js';
import { visible } from './text.js';
import { startTheme } from './theme.js';
import { Thresholds } from './thresholds.js';
import { askForToken, useTokenOfAddress } from './token.js';

const STREAMS_MILLIS = 10_000;

/** Arrow keys pass over streams; the one at which they rest is listened to. */
const REST_MILLIS = 150;

const STATES = {
  live: 'live',
  connecting: 'connecting',
  waiting: 'no connection, trying again',
  token: 'a token is needed',
  crowded: 'too many viewers, trying again',
  asleep: 'asleep until it is seen',
};

const live = new Live();
const streams = new Streams();
const spectrogram = new SpectrogramView();
const marks = new Marks();
const scores = new Scores();
const history = new History();
const list = new List(new Filter());
const news = new News();
const thresholds = new Thresholds(() => streams.chosen);

/** Whether the detector may be another one than before. */
let fresh = true;

live.addEventListener('state', ({ detail }) => {
  if (detail !== 'live') fresh = true;
  byId('connection').dataset.state = detail;
  write(byId('connection'), STATES[detail]);
  byId('token-open').hidden = detail !== 'token';
  if (detail === 'token') askForToken(() => live.retry());
});
byId('token-open').addEventListener('click', () => askForToken(() => live.retry()));
live.addEventListener('hello', ({ detail }) => hello(detail));
live.addEventListener('levels', ({ detail }) => streams.hear(detail.levels));
live.addEventListener('lost', () => {
  // The end of what is open may be among it.
  marks.clear();
  loadMarks();
  list.reload();
});
live.addEventListener('patch', ({ detail }) => isOfChosen(detail) && spectrogram.put(detail));
live.addEventListener('scores', ({ detail }) => {
  if (!isOfChosen(detail)) return;
  scores.show(detail);
  history.put(detail);
});
live.addEventListener('event', ({ detail }) => {
  if (!isWhole(detail)) return;
  list.put('events', detail);
  streams.event(detail);
  news.put(detail);
  if (detail.stream === streams.chosen) marks.put(detail);
});
live.addEventListener('candidate', ({ detail }) => list.put('candidates', detail));

/** For a moment after another stream was chosen, some of the one before still come. */
function isOfChosen({ stream }) {
  return stream === streams.chosen;
}

let resting = 0;
streams.addEventListener('choose', ({ detail }) => {
  write(byId('chosen'), visible(detail));
  [spectrogram, marks, scores, history].forEach((part) => part.clear());
  thresholds.choose();
  clearTimeout(resting);
  // Who has come back to the stream before has the connection still, but no marks.
  resting = setTimeout(() => live.choose(detail) || loadMarks(), REST_MILLIS);
});

marks.addEventListener('open', ({ detail }) => {
  tabs.choose('tab-events');
  list.open(detail);
});

const tabs = startTabs(document.querySelector('[role=tablist]'), (id) => {
  const ofRules = id === 'tab-thresholds';
  byId('pane-thresholds').hidden = !ofRules;
  byId('pane-list').hidden = ofRules;
  byId('pane-list').setAttribute('aria-labelledby', ofRules ? 'tab-events' : id);
  if (!ofRules) list.show(id === 'tab-candidates' ? 'candidates' : 'events');
});

byId('help-open').addEventListener('click', () => byId('help').showModal());
document.addEventListener('keydown', (event) => {
  const typing = event.target.matches('input, select, textarea') || event.ctrlKey || event.metaKey || event.altKey;
  if (typing || document.querySelector('dialog[open]')) return;
  if (event.key === '?') byId('help').showModal();
  if (event.key === '/') {
    event.preventDefault();
    streams.focusSearch();
  }
});

startTheme(byId('theme'), () => {
  spectrogram.recolour();
  history.recolour();
});

/** The connection is there, for the first time or again: all that may have been missed is asked for. */
async function hello({ version, model, hop_ms: hopMillis }) {
  write(byId('model'), `${visible(model.name)} ${visible(model.version)}`);
  byId('model').title = `Earshot ${version}; a segment each ${hopMillis} ms`;
  spectrogram.hop(hopMillis);
  const anew = fresh ? [loadRules()] : [];
  fresh = false;
  await Promise.all([loadStreams(), loadMarks(), list.catchUp(), ...anew]);
}

async function loadStreams() {
  try {
    streams.update((await get('api/streams')).streams);
  } catch {
    // The connection's state says what is wrong; the next time comes soon.
  }
}

async function loadRules() {
  try {
    await thresholds.load();
    scores.rules(thresholds.rules);
  } catch {
    // As above: the next hello asks again.
  }
}

/** Events that were going on before the stream was chosen. */
async function loadMarks() {
  const stream = streams.chosen;
  if (!stream) return;
  try {
    const { events } = await get('api/events', { stream, limit: 20 });
    if (stream === streams.chosen) events.forEach((event) => marks.put(event));
  } catch {
    // They come by themselves with their next update.
  }
}

let behindAt = 0;

/** How long ago what is at the right edge was captured, if the stream goes by this clock. */
function showBehind(millis, end) {
  if (millis - behindAt < 1000) return;
  behindAt = millis;
  const behind = end === null ? NaN : Date.now() - end;
  write(byId('chosen-note'), Math.abs(behind) < 60_000 ? `${(behind / 1000).toFixed(1)} s behind`.replace('-', '−') : '');
}

function draw(millis) {
  streams.draw(millis);
  const end = spectrogram.draw(millis);
  showBehind(millis, end);
  marks.draw(end, spectrogram.windowMillis, spectrogram.width);
  byId('picture-empty').hidden = end !== null;
  write(byId('picture-empty'), streams.chosen ? 'Waiting for sound of this stream.' : 'Choose a stream to see its sound.');
  requestAnimationFrame(draw);
}

await useTokenOfAddress();
setInterval(() => byId('connection').dataset.state === 'live' && loadStreams(), STREAMS_MILLIS);
requestAnimationFrame(draw);
live.run();
