// Events, candidates, thresholds.

/** Calls back with the chosen tab's id, first without being asked. */
export function startTabs(bar, chosen) {
  const tabs = [...bar.querySelectorAll('[role=tab]')];
  const choose = (tab, focus) => {
    tabs.forEach((one) => {
      one.setAttribute('aria-selected', String(one === tab));
      one.tabIndex = one === tab ? 0 : -1;
    });
    if (focus) tab.focus();
    chosen(tab.id);
  };
  bar.addEventListener('click', (event) => {
    const tab = event.target.closest('[role=tab]');
    if (tab) choose(tab);
  });
  bar.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = tabs.indexOf(event.target);
    if (step && at >= 0) choose(tabs[(at + step + tabs.length) % tabs.length], true);
  });
  return { choose: (id) => choose(tabs.find((tab) => tab.id === id)) };
}
