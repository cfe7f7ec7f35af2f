// The token: typed once, or in the address behind #token=, where no server sees it.

const KEY = 'earshot-token';

/** Where a browser keeps nothing for this page. */
let own = '';

/** The one that is known, or empty; it does not stay in the address or the history. */
export function known() {
  const fragment = fromAddress();
  if (fragment) {
    keep(fragment);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return stored((storage) => storage.getItem(KEY)) ?? own;
}

/** Not as in a form: a token may have a plus. */
function fromAddress() {
  const text = /^#(?:.*&)?token=([^&]*)/.exec(location.hash)?.[1] ?? '';
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function keep(token) {
  own = token;
  stored((storage) => storage.setItem(KEY, token));
}

export function forget() {
  own = '';
  stored((storage) => storage.removeItem(KEY));
}

function stored(use) {
  try {
    return use(sessionStorage);
  } catch {
    return undefined;
  }
}
