// An event's reasons in words. Pure.

import { count, duration, share } from './text.js';

const ENDS = {
  offset: 'It ended when the score fell below',
  max_duration: 'It was closed at the greatest length allowed, and another event continues it.',
  gap: 'It ended because segments are missing.',
  session: 'It ended with this run of the stream.',
  end: 'It ended with the stream.',
  timeout: 'It ended because the stream fell silent.',
};

/** Sentences about an event. */
export function whyEvent(event) {
  const { why } = event;
  if (!why) return [];
  const previous = event.previous && 'It continues an event that was closed at its greatest length.';
  return [previous, began(event, why), ...conditions(why), ended(event, why), sure(event)].filter(Boolean);
}

/** Sentences about a candidate: what kept it from being an event. */
export function whyCandidate(candidate) {
  const score = share(candidate.confidence);
  const needed = share(candidate.threshold);
  return [{
    below_onset: `Its best score is ${score}; an event of this label needs ${needed}.`,
    below_n_of_m: `Its best score is ${score}, enough for an event (${needed}), but too few segments in a row reached that.`,
    too_short: `It was over after ${duration(candidate.duration_ms)}, before the least duration of an event (min_duration).`,
    cooldown: 'It began too soon after an event of its label (cooldown).',
    denied: 'Its label is on the list events.deny.',
    not_allowed: 'Its label is not on the list events.allow.',
    quiet_hours: 'It began in quiet hours (events.quiet).',
  }[candidate.reason] ?? `Reason: ${candidate.reason}.`];
}

function began(event, why) {
  const [needed, of] = why.n_of_m.split(' of ');
  const often = of === '1' ? 'in a segment' : `in ${needed} of ${of} segments in a row`;
  const smoothed = why.smoothing === 'none' ? '' : ` (smoothed: ${why.smoothing})`;
  const loud = why.floor_dbfs === null || why.peak_dbfs === null ? ''
    : ` Its peak of ${why.peak_dbfs.toFixed(1)} dBFS stood out of a noise floor of ${why.floor_dbfs.toFixed(1)} dBFS.`;
  return `It began because the score${smoothed} reached ${share(why.onset)} ${often}; its highest is ${share(event.confidence)}, `
    + `its mean ${share(event.mean_confidence)}.${loud}`;
}

function conditions(why) {
  return [
    why.min_duration_ms > 0 && `It had to last ${duration(why.min_duration_ms)}.`,
    why.merge_gap_ms > 0 && `Pauses shorter than ${duration(why.merge_gap_ms)} are a part of it.`,
    why.cooldown_ms > 0 && `For ${duration(why.cooldown_ms)} after it no other of its label begins.`,
  ];
}

function ended(event, why) {
  if (event.state !== 'closed') return `It goes on while the score is ${share(why.offset)} or more.`;
  const text = ENDS[event.ended_by] ?? '';
  return event.ended_by === 'offset' ? `${text} ${share(why.offset)}.` : text;
}

function sure(event) {
  const onset = `Its onset is known to ${duration(event.onset_uncertainty_ms)}`;
  const offset = event.offset_uncertainty_ms === null ? '' : `, its offset to ${duration(event.offset_uncertainty_ms)}`;
  const heard = event.coverage < 1 ? ` ${Math.round(100 * event.coverage)} % of its sound was heard.` : '';
  return `${onset}${offset}.${heard}`;
}

/** The segments whose scores are told, as words for those who cannot see the bars. */
export const scoresText = (scores) => count(scores.length, 'segment') + ': ' + scores.map((one) => share(one.score)).join(', ');
