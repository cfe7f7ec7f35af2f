// The token: typed once, or in the address behind #token=, where no server sees it.

const KEY = 'earshot-token';

/** The one that is known, or empty; it does not stay in the address or the history. */
export function known() {
  const fragment = new URLSearchParams(location.hash.slice(1)).get('token');
  if (fragment) {
    keep(fragment);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(KEY) ?? '';
}

export function keep(token) {
  sessionStorage.setItem(KEY, token);
}

export function forget() {
  sessionStorage.removeItem(KEY);
}
