// Light, dark, or as the system has it.

const CHOICES = ['auto', 'light', 'dark'];
const KEPT = 'earshot-theme';
const system = matchMedia('(prefers-color-scheme: dark)');

/** Whether it is dark now. */
export const isDark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'dark' || (chosen !== 'light' && system.matches);
};

/** Whether things may move by themselves. */
export const moves = () => !matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Sets up the button, and calls back whenever colours change. */
export function startTheme(button, changed) {
  const set = (theme) => {
    document.documentElement.dataset.theme = theme;
    button.lastChild.textContent = theme;
    button.setAttribute('aria-label', `Theme: ${theme}`);
    changed();
  };
  button.addEventListener('click', () => {
    const next = CHOICES[(CHOICES.indexOf(document.documentElement.dataset.theme) + 1) % CHOICES.length];
    keep(next);
    set(next);
  });
  system.addEventListener('change', changed);
  set(kept());
}

function kept() {
  try {
    const theme = localStorage.getItem(KEPT);
    return CHOICES.includes(theme) ? theme : 'auto';
  } catch {
    return 'auto';
  }
}

function keep(theme) {
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // Where nothing may be kept, the choice lasts as long as the page.
  }
}
