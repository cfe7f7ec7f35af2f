// An event's player and picture, or why there are none: sound is kept for some hours only.

import { get } from './api.js';
import { make } from './dom.js';
import { visible } from './text.js';

const BUSY = 503;
const BUSY_TRIES = 5;
const BUSY_MILLIS = 1000;

/** The element for an event at that path of the API. */
export function sound(path, event) {
  // What is not over is longer the next time.
  const version = event.state === 'closed' ? '' : `?until=${event.duration_ms}`;
  const audio = make('audio', { controls: true, preload: 'none', src: `${path}/audio.wav${version}`, 'aria-label': `Sound of ${visible(event.label)}` });
  const picture = make('img', { class: 'details-picture', alt: `Spectrogram of the event ${visible(event.label)}`, src: `${path}/spectrogram.png${version}` });
  const note = make('p', { class: 'note' });
  audio.addEventListener('play', () => { audio.dataset.wanted = 'true'; });
  // Browsers pause what has failed, too.
  audio.addEventListener('pause', () => { if (!audio.error) delete audio.dataset.wanted; });
  for (const element of [audio, picture]) element.addEventListener('error', () => explainLoss(path, element, note));
  return make('div', { class: 'sound' }, audio, picture, note);
}

/** Plays it, or pauses it. */
export function playOrPause(audio) {
  // One that has failed plays nothing until it loads anew.
  if (audio.error) audio.load();
  if (audio.paused) audio.play().catch(() => {});
  else audio.pause();
}

async function explainLoss(path, element, note, tries = 0) {
  // The row has been closed.
  if (!note.isConnected) return;
  try {
    const { gaps } = await get(`${path}/clip.json`);
    note.textContent = gaps.length > 0 ? 'Part of its sound was not heard.' : '';
    loadAgain(element);
  } catch (error) {
    note.textContent = error.message;
    // Others ask for clips, too, and only so many are cut at once.
    if (error.status === BUSY && tries < BUSY_TRIES) {
      setTimeout(() => explainLoss(path, element, note, tries + 1), BUSY_MILLIS);
      return;
    }
    note.parentElement.querySelectorAll('audio, img').forEach((one) => one.remove());
  }
}

/** What was refused may be had now. It is not asked for for ever: it may be there, and the browser cannot read it. */
function loadAgain(element) {
  const times = Number(element.dataset.again ?? 0);
  if (times === BUSY_TRIES) return;
  element.dataset.again = times + 1;
  setTimeout(() => load(element), times * BUSY_MILLIS);
}

function load(element) {
  // The row may have been closed meanwhile, and nobody could stop what plays.
  if (!element.isConnected) return;
  if (element.matches('img')) element.src = `${element.src}`;
  if (!element.error) return;
  element.load();
  if (element.dataset.wanted) element.play().catch(() => {});
}
