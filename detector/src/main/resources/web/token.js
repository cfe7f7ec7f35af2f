// The token, where the detector wants one. It becomes a cookie that no script can read.

import { openSession } from './api.js';
import { byId } from './dom.js';

/** Trades ?token= in the page's address for the cookie, and takes it out of the address and the history. */
export async function useTokenOfAddress() {
  const here = new URL(location.href);
  const token = here.searchParams.get('token');
  if (!token) return;
  here.searchParams.delete('token');
  history.replaceState(null, '', here);
  // A wrong one is asked for again, as if there had been none.
  await openSession(token).catch(() => {});
}

/** Asks for it until it is right, then calls back; who closes the dialog can have it again by a button. */
export function askForToken(opened) {
  const dialog = byId('token');
  if (dialog.open) return;
  byId('token-error').textContent = '';
  byId('token-form').onsubmit = async (event) => {
    event.preventDefault();
    try {
      await openSession(byId('token-field').value);
      byId('token-field').value = '';
      dialog.close();
      opened();
    } catch (error) {
      byId('token-field').select();
      byId('token-error').textContent = error.status === 401 ? 'That is another one.' : error.message;
    }
  };
  dialog.showModal();
}
