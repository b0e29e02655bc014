/** Keeps the pages of the desk current, and copies addresses. */

const COPIED_MS = 1600;

const state = document.querySelector('[data-state]');

function show(text, kind) {
  state.hidden = false;
  state.textContent = text;
  state.dataset.state = kind;
}

/** What a box that can be opened says while it is closed. */
function summaryOf(details) {
  return details.querySelector('summary').textContent;
}

/**
 * Takes the page's new contents in, keeping what the reader has opened, and where the focus is. A box that says something
 * else than before opens by itself if it is meant to be open: an error must not come into a closed one.
 */
async function refresh() {
  const response = await fetch(location.href, { cache: 'no-store' });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (fresh.body.dataset.revision === document.body.dataset.revision) return;
  const live = document.querySelector('[data-live]');
  const before = new Map([...live.querySelectorAll('details')].map((details) => [details.dataset.key, details]));
  const focused = document.activeElement?.closest('details')?.dataset.key;
  const next = fresh.querySelector('[data-live]');
  for (const details of next.querySelectorAll('details')) {
    const known = before.get(details.dataset.key);
    if (known === undefined) continue;
    details.open = known.open || (details.open && summaryOf(known) !== summaryOf(details));
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
