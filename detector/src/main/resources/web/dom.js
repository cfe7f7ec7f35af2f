// Elements, made so that data can only ever become text: there is no HTML from strings on this page.

import { visible } from './text.js';

/** The element of that id. */
export const byId = (id) => document.getElementById(id);

/**
 * Makes an element.
 *
 * @param {string} name of the element
 * @param {object} what `text`, `class`, and attributes; those that are undefined or false are left out
 */
export function make(name, { text, class: classes, ...attributes } = {}, ...children) {
  const element = document.createElement(name);
  if (classes) element.className = classes;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  if (text !== undefined) element.textContent = text;
  element.append(...children);
  return element;
}

/** A name that others gave: its letters may run from right to left, and turn nothing else around. */
export const name = (text, classes) => make('bdi', { text: visible(text), class: classes });

/** Writes only what has changed, so that nothing is laid out anew for nothing. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Copies a text, and says so on the button for a moment. */
export function copier(button, text) {
  const before = button.textContent;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = 'Copied';
    } catch {
      // Without HTTPS a browser lets no page write to the clipboard, but on this very machine.
      button.textContent = 'Select it and copy';
    }
    setTimeout(() => { button.textContent = before; }, 2000);
  });
  return button;
}
