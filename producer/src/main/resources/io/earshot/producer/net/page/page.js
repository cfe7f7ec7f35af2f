// One click sends the microphone.

import { Link } from './link.js';
import * as microphone from './microphone.js';
import * as token from './token.js';

const SILENCE = -60;
const byId = (id) => document.getElementById(id);

let running = null;

function tell(state, text, detail = '') {
  if (byId('state').textContent !== text) byId('state').textContent = text;
  byId('state').dataset.state = state;
  byId('detail').textContent = detail;
}

function lock(on) {
  for (const id of ['path', 'token']) byId(id).disabled = on;
  byId('start').hidden = on;
  byId('stop').hidden = !on;
  byId('sending').hidden = !on;
  byId(on ? 'stop' : 'start').focus();
}

function show({ rms }) {
  const level = 20 * Math.log10(rms);
  const silent = !(level > SILENCE);
  byId('meter').value = silent ? SILENCE : level;
  byId('level').textContent = silent ? 'silence' : `${level.toFixed(1)} dBFS`;
  byId('seconds').textContent = running.link.sent.toFixed(0);
  const { dropped } = running.link;
  byId('dropped').textContent = dropped ? `The connection is too slow: ${dropped.toFixed(1)} s were not sent.` : '';
}

/** Browsers let go of it when the page is hidden, and some never give it. */
async function keepAwake() {
  if (!running || document.visibilityState !== 'visible') return;
  const mine = running;
  mine.microphone.resume();
  const awake = await navigator.wakeLock?.request('screen').catch(() => undefined);
  if (running === mine) {
    mine.awake?.release();
    mine.awake = awake;
  } else {
    awake?.release();
  }
}

async function start(event) {
  event.preventDefault();
  const path = `/${byId('path').value.replace(/^\/+/, '')}`;
  tell('connecting', 'Opening the microphone...');
  byId('start').disabled = true;
  let opened;
  try {
    opened = await microphone.open(heard, () => stop('refused', 'The microphone is gone.'), paused);
    const link = new Link(path, byId('token').value, opened.rate, told);
    running = { microphone: opened, link };
    byId('name').textContent = path;
    byId('rate').textContent = `${opened.rate} Hz, s16le`;
    lock(true);
    keepAwake();
  } catch (error) {
    if (opened) {
      opened.close();
      tell('refused', 'No connection.', error.message);
    } else {
      tell('refused', 'No microphone.', microphone.explain(error));
    }
  } finally {
    byId('start').disabled = false;
  }
}

function heard(block) {
  if (!running) return;
  running.link.send(block.buffer);
  show(block);
  if (byId('detail').textContent) byId('detail').textContent = '';
}

function paused() {
  if (running) byId('detail').textContent = 'The microphone is paused, by a call perhaps.';
}

/** What a server may not have encoded as it should is left as it is. */
function here() {
  try {
    return decodeURI(location.pathname);
  } catch {
    return location.pathname;
  }
}

function told(state, text) {
  if (state === 'refused') {
    token.forget();
    stop(state, text);
    return;
  }
  if (state === 'sending') token.keep(byId('token').value);
  tell(state, text);
}

function stop(state, text) {
  running?.link?.close();
  running?.microphone.close();
  running?.awake?.release();
  running = null;
  lock(false);
  tell(state, text);
}

byId('path').value = here().slice(1);
byId('token').value = token.known();
byId('form').addEventListener('submit', start);
byId('stop').addEventListener('click', () => stop('idle', 'Nothing is sent.'));
document.addEventListener('visibilitychange', keepAwake);
addEventListener('hashchange', () => {
  if (!running) byId('token').value = token.known();
});
if (microphone.obstacle()) {
  byId('start').disabled = true;
  tell('refused', 'No microphone.', microphone.obstacle());
}
