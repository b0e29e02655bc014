/**
 * Ids that an element must not have where a reader runs scripts of its own: a browser offers elements by their ids as things
 * of the window, of the document and of forms, and a script that asks for `document.cookie` or `form.action` is given one of those.
 */

const NAMES: ReadonlySet<string> = new Set([
  ...['action', 'activeElement', 'addEventListener', 'alert', 'all', 'anchors', 'append', 'appendChild', 'applets'],
  ...[
    'attributes',
    'body',
    'childNodes',
    'children',
    'classList',
    'className',
    'clear',
    'close',
    'closed',
    'compatMode',
  ],
  ...['constructor', 'contains', 'contentType', 'contentWindow', 'cookie', 'createElement', 'createTextNode'],
  ...['currentScript', 'customElements', 'defaultStatus', 'defaultView', 'designMode', 'doctype', 'document'],
  ...['documentElement', 'domain', 'elements', 'embeds', 'enctype', 'event', 'execCommand', 'external', 'fetch'],
  ...['firstChild', 'forms', 'frameElement', 'frames', 'getAttribute', 'getElementById', 'getElementsByName'],
  ...['getElementsByTagName', 'hasAttribute', 'hasOwnProperty', 'head', 'history', 'id', 'images', 'implementation'],
  ...['innerHTML', 'innerText', 'insertBefore', 'isPrototypeOf', 'lastChild', 'lastModified', 'length', 'links'],
  ...['localStorage', 'location', 'method', 'name', 'namespaceURI', 'navigator', 'nextSibling', 'nodeName', 'nodeType'],
  ...[
    'nodeValue',
    'normalize',
    'onerror',
    'onload',
    'open',
    'opener',
    'origin',
    'outerHTML',
    'ownerDocument',
    'parent',
  ],
  ...['parentElement', 'parentNode', 'performance', 'plugins', 'previousSibling', 'prototype', 'querySelector'],
  ...['querySelectorAll', 'readyState', 'referrer', 'remove', 'removeAttribute', 'removeChild', 'removeEventListener'],
  ...[
    'replaceChild',
    'reset',
    'scripts',
    'self',
    'sessionStorage',
    'setAttribute',
    'setInterval',
    'setTimeout',
    'status',
  ],
  ...['style', 'submit', 'tagName', 'target', 'textContent', 'title', 'toString', 'top', 'valueOf', 'window', 'write'],
  ...['writeln', '__proto__'],
]);

/** As GitHub marks ids that come from its users. */
const SAFE_PREFIX = 'user-content-';

/** An id by which no script takes the element for a thing of its own: `location` → `user-content-location`. */
export function safeId(id: string): string {
  return NAMES.has(id) ? SAFE_PREFIX + id : id;
}

/** The id as its author wrote it. */
export function writtenId(id: string): string {
  return id.startsWith(SAFE_PREFIX) ? id.slice(SAFE_PREFIX.length) : id;
}

/** A fragment of an address on the site itself, with its `#`: where it leads to such an id, it has to say so. */
export function safeFragment(fragment: string): string {
  return fragment.startsWith('#') ? `#${safeId(fragment.slice(1))}` : fragment;
}
