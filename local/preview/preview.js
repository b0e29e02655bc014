/** Keeps the pages of the desk current, and copies addresses. */

const COPIED_MS = 1600;

const state = document.querySelector('[data-state]');

function show(text, kind) {
  state.hidden = false;
  state.textContent = text;
  state.dataset.state = kind;
}

/** Takes the page's new contents in, keeping what the reader has opened, and where the focus is. */
async function refresh() {
  const response = await fetch(location.href, { cache: 'no-store' });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (fresh.body.dataset.revision === document.body.dataset.revision) return;
  const live = document.querySelector('[data-live]');
  const opened = new Map([...live.querySelectorAll('details')].map((details) => [details.dataset.key, details.open]));
  const focused = document.activeElement?.closest('details')?.dataset.key;
  const next = fresh.querySelector('[data-live]');
  for (const details of next.querySelectorAll('details')) {
    details.open = opened.get(details.dataset.key) ?? details.open;
  }
  live.replaceChildren(...next.childNodes);
  if (focused !== undefined) live.querySelector(`details[data-key="${CSS.escape(focused)}"] > summary`)?.focus();
  document.title = fresh.title;
  document.body.dataset.revision = fresh.body.dataset.revision;
  revealButtons();
  show(`Updated at ${new Date().toLocaleTimeString([], { timeStyle: 'medium' })}`, 'live');
}

function revealButtons() {
  if (navigator.clipboard === undefined) return;
  for (const button of document.querySelectorAll('[data-copy]')) button.hidden = false;
}

document.addEventListener('click', async ({ target }) => {
  const button = target.closest?.('[data-copy]');
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.classList.add('copied');
  show('Address copied', 'live');
  setTimeout(() => button.classList.remove('copied'), COPIED_MS);
});

const events = new EventSource('/_preview/events');
events.addEventListener('published', ({ data }) => {
  if (data === document.body.dataset.revision) show('Live', 'live');
  else refresh();
});
events.addEventListener('error', () => show('Not connected: has the server stopped?', 'lost'));

revealButtons();
