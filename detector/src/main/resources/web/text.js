// How numbers, times and names read.

// Controls, and the marks that turn the direction of all that follows them.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });

/** A name with a sign for each letter that cannot be seen. */
export const visible = (text) => String(text).replace(UNSEEN, '\ufffd');

/** Hours, minutes and seconds here, of milliseconds since 1970. */
export const clock = (millis) => CLOCK.format(millis);

/** As {@link clock}, with the day if that is not today. */
export function moment(millis, now = Date.now()) {
  const day = new Date(millis).toDateString();
  return day === new Date(now).toDateString() ? clock(millis) : `${DAY.format(millis)} ${clock(millis)}`;
}

/** 0.4 s, 12 s, 3 min 05 s, 2 h 10 min. */
export function duration(millis) {
  const seconds = millis / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** With two decimals. */
export const share = (value) => value.toFixed(2);

/** With two decimals, or with as many as it has: what is to be written into a file. */
export const exact = (value) => (Number(share(value)) === value ? share(value) : String(value));

/** A level with a true minus. */
export const decibels = (value) => `${Math.round(value)} dB`.replace('-', '−');

/** 1 event, 2 events. */
export const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;
