// What tests of the page look at in it: its text stands before each script that a test runs there.

const one = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];
const text = (selector) => one(selector)?.textContent ?? '';
const state = () => one('#connection').dataset.state;
const stream = (name) => all('.stream').find((row) => row.dataset.stream === name);

/** The lines of the list. */
const rows = () => all('.item').map((element) => ({
  element,
  line: element.querySelector('.row'),
  id: element.dataset.id,
  time: element.querySelector('time').dateTime,
  label: element.querySelector('.row-label').textContent,
  stream: element.querySelector('.row-stream').textContent,
  state: element.querySelector('.row-state').textContent,
}));

/** Barks that are over. */
const barks = () => rows().filter((row) => row.label === 'dog_bark' && row.state === '');

/** The newest of them. */
const bark = () => barks()[0];

/** Does as if a field had been changed by hand. */
function change(selector, value, kind) {
  one(selector).value = value;
  one(selector).dispatchEvent(new Event(kind, { bubbles: true }));
}

/** A colour as red, green, blue from 0 to 255 and alpha from 0 to 1, however CSS writes it. */
function rgba(colour) {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
  return { rgb: [r, g, b], alpha: a / 255 };
}

function over(top, under) {
  return top.rgb.map((value, i) => value * top.alpha + under[i] * (1 - top.alpha));
}

/** What is behind an element: its own grounds and those of all that it stands in. */
function ground(element) {
  const layers = [];
  for (let box = element; box; box = box.parentElement) layers.push(rgba(getComputedStyle(box).backgroundColor));
  return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]);
}

/** WCAG 2.2, relative luminance. */
function luminance(rgb) {
  const [r, g, b] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** Texts that are seen: how many, and those whose contrast is below 4.5. */
function contrasts() {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const poor = [];
  let seen = 0;
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility({ visibilityProperty: true })
      || element.closest('.unseen, .skip, noscript, script, option, dialog:not([open])')) continue;
    const under = ground(element);
    const style = getComputedStyle(element);
    const ink = over(rgba(style.color), under);
    const ratio = contrast(ink, under);
    seen++;
    if (ratio < 4.5) poor.push(`${texts.currentNode.data.trim()} (${element.className || element.tagName}): ${ratio.toFixed(2)}`);
  }
  return { seen, poor };
}

/** Elements that stick out to the right, but for those that are cut off or scroll by themselves. */
function wide() {
  const clipped = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
      if (getComputedStyle(box).overflowX !== 'visible') return true;
    }
    return false;
  };
  const sticking = [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && element.checkVisibility() && !clipped(element))
    .map((element) => `${element.tagName}.${element.className}#${element.id}`);
  return document.documentElement.scrollWidth > innerWidth ? ['the page itself', ...sticking] : sticking;
}

/** Everything that the page has loaded from elsewhere. */
function foreign() {
  return performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => new URL(name).origin !== location.origin);
}

/** Share of the spectrogram's pixels that something has been drawn on. */
function drawn() {
  const { width, height } = one('#spectrogram');
  // Of a copy: a canvas that is read is drawn more slowly from then on.
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d', { willReadFrequently: true });
  context.drawImage(one('#spectrogram'), 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  let painted = 0;
  for (let i = 3; i < data.length; i += 4) painted += data[i] > 0;
  return 4 * painted / data.length;
}

/** Begins to count frames of the screen; `window.earshotFrames` has their times. */
function countFrames() {
  window.earshotFrames = { times: [] };
  const next = (millis) => {
    window.earshotFrames.times.push(millis);
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
  return true;
}

/** The part of the page that an element is in. */
function part(element) {
  return ['skip', 'bar', 'find', 'streams', 'tabs', 'filter', 'rows'].find((name) => element.closest(`.${name}`)) ?? '';
}

/**
 * Counts what-if questions, how many there were and how many at once, in `window.earshotQuestions`. The first is refused when
 * another one has been wanted for a while.
 */
function countQuestions() {
  const counts = { asked: 0, now: 0, most: 0 };
  window.earshotQuestions = counts;
  const real = window.fetch;
  window.fetch = async (address, options) => {
    if (address !== 'api/what-if') return real(address, options);
    counts.asked++;
    counts.now++;
    counts.most = Math.max(counts.most, counts.now);
    const answer = counts.asked > 1 ? await real(address, options) : await refusal();
    counts.now--;
    return answer;
  };
}

async function refusal() {
  const after = (millis) => new Promise((resolve) => { setTimeout(resolve, millis); });
  while (!text('.what-value').startsWith('1.00')) await after(50);
  await after(500);
  return new Response('{"error": "busy"}', { status: 429 });
}

/**
 * Answers what-if questions in the detector's place: 45 events of the stream would vanish, told as the detector tells them, the
 * oldest first.
 */
function answerWhatIf() {
  const real = window.fetch;
  window.fetch = async (address, options) => {
    if (address !== 'api/what-if') return real(address, options);
    const question = JSON.parse(options.body);
    const event = { stream: question.stream ?? 'any', duration_ms: 960, confidence: 0.9 };
    const vanish = Array.from({ length: 45 }, (_, i) => ({ ...event, onset: new Date(60_000 * i).toISOString() }));
    return Response.json({ before: 45, after: 0, appear: [], vanish, change: [], complete: true });
  };
}

/** Holds back the next question to such an address until `window.earshotLetGo` is told whether to refuse it. */
function holdNext(pattern) {
  const real = window.fetch;
  delete window.earshotLetGo;
  window.fetch = async (address, options) => {
    if (!pattern.test(address)) return real(address, options);
    window.fetch = real;
    const refuse = await new Promise((resolve) => { window.earshotLetGo = resolve; });
    return refuse ? new Response('{"error": "busy"}', { status: 503 }) : real(address, options);
  };
}

/** Player and picture of an event that goes on, in the page; no browser has its sound yet. */
async function soundOf(id) {
  const { sound } = await import('/page/sound.js');
  const box = sound(`api/events/${id}`, { label: 'bark', state: 'open', duration_ms: 961 });
  document.body.append(box);
  return box;
}

/** From now on the page hardly waits: what it would do in a second it does at once. */
function hurry() {
  const real = window.setTimeout;
  window.setTimeout = (work, millis) => real(work, millis / 50);
}

/** How many events or candidates of a label the detector knows. */
async function known(kind, label) {
  const answer = await fetch(`api/${kind}?limit=1000&label=${label}`);
  return (await answer.json())[kind].length;
}

/** The lines for config/earshot.yaml of a rule as it is. */
async function linesOf(rule) {
  const { WhatIf } = await import('/page/what-if.js');
  const whatIf = new WhatIf(() => '');
  whatIf.rules(new Map([['bell', { label: 'bell', ...rule }]]));
  return whatIf.element.querySelector('.yaml').textContent;
}

/** Has the page believe that it is seen, or that it has not been for long. */
function see(seen) {
  const real = window.setTimeout;
  Object.defineProperty(document, 'hidden', { value: !seen, configurable: true });
  window.setTimeout = (work) => real(work);
  document.dispatchEvent(new Event('visibilitychange'));
  window.setTimeout = real;
}

/** Collects the parts that get the focus in `window.earshotReached`. */
function watchFocus() {
  window.earshotReached = [];
  document.addEventListener('focusin', (event) => window.earshotReached.push(part(event.target)));
}

/** The first second of a day, as the page writes it. */
async function midnight() {
  const { clock } = await import('/page/text.js');
  return clock(new Date(2026, 0, 1, 0, 0, 1).getTime());
}

/** Ids in the order in which the page lists them, whichever comes first. */
async function listed() {
  const { Book } = await import('/page/book.js');
  const book = new Book();
  const onsets = { a: '2026-01-01T10:00:01Z', b: '2026-01-01T10:00:01.500Z', c: '2026-01-01T10:00:01.000Z', d: '2026-01-01T09:59:59.999Z' };
  for (const [id, onset] of Object.entries(onsets)) book.put({ id, onset });
  return book.items.map((item) => item.id).join('');
}

/** Stands in for the detector at /api/live from the next connection on; `window.earshotTell` tells the page a text. */
function standIn() {
  const real = window.fetch;
  window.fetch = async (address, options) => {
    if (!address.startsWith('api/live')) return real(address, options);
    return new Response(new ReadableStream({
      start(controller) {
        window.earshotTell = (text) => controller.enqueue(new TextEncoder().encode(text));
      },
    }));
  };
}

/** Tells the page something in the detector's place. */
const tell = (name, detail) => window.earshotTell(`event: ${name}\ndata: ${JSON.stringify(detail)}\n\n`);

/** Tells of the stream yard and of others, some of it no message at all. */
function tellOfOthers() {
  const at = (seconds) => new Date(Date.now() + 1000 * seconds).toISOString();
  const scores = (stream, label) => tell('scores', { stream, start: at(0), index: 1, top: [{ label, score: 0.9 }] });
  const event = (label, seconds) => tell('event', { id: crypto.randomUUID(), state: 'closed', stream: 'yard', label, onset: at(seconds),
    offset: at(seconds + 0.5), duration_ms: 500, confidence: 0.9 });
  scores('yard', 'right');
  scores('mic-1', 'wrong');
  window.earshotTell('event: scores\ndata: {"stream":\n\ndata\n\n');
  tell('event', { id: 'bare', state: 'open', stream: 'yard' });
  for (let second = 300; second > 0; second--) event('ring', 600 - second);
  event('last', 601);
}

/** Tells of an event in the stream yard that goes on, and that nobody else knows. */
function tellOfABell() {
  tell('event', { id: crypto.randomUUID(), state: 'open', stream: 'yard', label: 'bell', onset: new Date().toISOString(), duration_ms: 500, confidence: 0.9 });
}

/** Labels that stand over the spectrogram. */
const marked = () => all('.mark bdi').map((label) => label.textContent);
