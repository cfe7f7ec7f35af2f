// Server-sent events by fetch: unlike EventSource it tells the status of a refusal, and when nothing comes any more.

/**
 * Reads an answer's events.
 *
 * @param {ReadableStream} body of the answer
 * @param {function(string, string, string)} handle is given each event's name and data, and the last id that was told
 * @param {function()} alive is called for all that comes, comments too
 */
export async function readEvents(body, handle, alive) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const parser = new EventParser(handle);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    alive();
    parser.push(value);
  }
}

/** Puts events together from pieces of text. */
export class EventParser {
  #handle;
  #rest = '';
  #name = '';
  #id = '';
  #data = [];

  constructor(handle) {
    this.#handle = handle;
  }

  push(text) {
    const lines = (this.#rest + text).split(/\r?\n/);
    this.#rest = lines.pop();
    lines.forEach((line) => this.#line(line));
  }

  #line(line) {
    if (line === '') {
      if (this.#data.length > 0) this.#handle(this.#name || 'message', this.#data.join('\n'), this.#id);
      this.#name = '';
      this.#data = [];
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') this.#name = value;
    if (field === 'data') this.#data.push(value);
    if (field === 'id') this.#id = value;
  }
}
