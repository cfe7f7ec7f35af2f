// Questions to the detector.

/** An answer that is none: `status`, 0 if nobody answered, and why. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The address of a question; parameters that are empty are left out. */
export function address(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== '') query.append(key, value);
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * Asks, and fails with what the detector says is wrong.
 *
 * @throws {ApiError}
 */
export async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError(0, 'the detector does not answer');
  }
  if (answer.ok) return answer;
  throw new ApiError(answer.status, await reason(answer));
}

export const get = async (path, parameters, signal) => (await ask(address(path, parameters), { signal })).json();

export const post = async (path, body, signal) =>
  (await ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal })).json();

/** Shows the token, for a cookie. */
export const openSession = (token) =>
  ask('api/session', { method: 'POST', headers: { Authorization: `Bearer ${token}` } });

async function reason(answer) {
  try {
    return (await answer.json()).error ?? answer.statusText;
  } catch {
    return answer.statusText || `status ${answer.status}`;
  }
}
