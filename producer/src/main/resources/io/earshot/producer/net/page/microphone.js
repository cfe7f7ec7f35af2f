// The microphone as it is: without what browsers do for telephony.

const AS_IT_IS = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 };

/** Why there can be none here; empty if there can. */
export function obstacle() {
  if (!isSecureContext) {
    return 'The browser gives no microphone to a page that comes neither by https nor from localhost.';
  }
  return navigator.mediaDevices && globalThis.AudioWorkletNode ? '' : 'This browser gives pages no microphone.';
}

/**
 * Opens it, which a click must have asked for. `heard` gets each 100 ms as { buffer, rms }, in
 * s16le, `lost` is called when the microphone goes away, and `paused` when it brings nothing for a
 * while, as in a call.
 */
export async function open(heard, lost, paused) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: AS_IT_IS });
  const context = new AudioContext();
  // During a call that is refused; when it has ended the state changes again.
  const resume = () => context.resume().catch(() => undefined);
  const close = () => {
    stream.getTracks().forEach((track) => track.stop());
    return context.close();
  };
  try {
    await context.audioWorklet.addModule('/-/blocks.js');
    const blocks = new AudioWorkletNode(context, 'blocks', { channelCount: 1, channelCountMode: 'explicit' });
    blocks.port.onmessage = ({ data }) => heard(data);
    // It plays silence: some browsers run only what is on its way to be heard.
    context.createMediaStreamSource(stream).connect(blocks).connect(context.destination);
    stream.getAudioTracks()[0].onended = lost;
    await context.resume();
    context.onstatechange = () => {
      if (context.state === 'running' || context.state === 'closed') return;
      paused();
      resume();
    };
  } catch (error) {
    await close();
    throw error;
  }
  return { rate: context.sampleRate, resume, close };
}

/** What people are told if opening it fails. */
export function explain(error) {
  switch (error.name) {
    case 'NotAllowedError':
      return 'The microphone was not allowed. Allow it for this page in the browser, and try again.';
    case 'NotFoundError':
      return 'This device has no microphone.';
    case 'NotReadableError':
      return 'The microphone is in use by something else.';
    default:
      return `The microphone cannot be opened: ${error.message}`;
  }
}
