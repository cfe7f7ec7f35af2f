// Runs beside the page, where the browser brings the sound: blocks of 100 ms, in 16 bits.

class Blocks extends AudioWorkletProcessor {
  #samples = new Int16Array(Math.round(sampleRate / 10));
  #filled = 0;
  #squares = 0;

  process([channels]) {
    // There is none while the microphone is only being opened, or gone.
    for (const sample of channels[0] ?? []) this.#add(sample);
    return true;
  }

  #add(sample) {
    this.#squares += sample * sample;
    this.#samples[this.#filled++] = Math.max(-32768, Math.min(32767, Math.round(sample * 32768)));
    if (this.#filled === this.#samples.length) this.#post();
  }

  #post() {
    const rms = Math.sqrt(this.#squares / this.#filled);
    const { buffer } = this.#samples;
    this.port.postMessage({ buffer, rms }, [buffer]);
    this.#samples = new Int16Array(this.#filled);
    this.#filled = 0;
    this.#squares = 0;
  }
}

registerProcessor('blocks', Blocks);
