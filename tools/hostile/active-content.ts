/**
 * The judge of HTML: what in it could run, load a program, send a form or leave the allowed addresses. Written apart
 * from the sanitiser, on another list: it knows what is harmful, the sanitiser knows what is allowed.
 */

import { Parser } from 'htmlparser2';

const ACTIVE_ELEMENTS = new Set([
  ...['script', 'iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'base', 'meta', 'link', 'style', 'form'],
  ...['input', 'button', 'select', 'textarea', 'svg', 'math', 'template', 'portal', 'dialog', 'marquee', 'noscript'],
  ...['xmp', 'plaintext', 'noembed', 'noframes', 'isindex', 'keygen', 'slot', 'title', 'body', 'head', 'html'],
]);

const ADDRESS_ATTRIBUTES = new Set([
  'href',
  'src',
  'poster',
  'cite',
  'action',
  'formaction',
  'data',
  'background',
  'ping',
]);
const ACTIVE_ATTRIBUTES = new Set([
  'style',
  'srcdoc',
  'is',
  'popover',
  'autofocus',
  'target',
  'name',
  'slot',
  'shadowrootmode',
]);

/** Elements that a page of the publisher has around the contents; their addresses are judged all the same. */
const PAGE_ELEMENTS = new Set(['html', 'head', 'title', 'body', 'meta', 'link', 'svg']);
const PAGE_ATTRIBUTES = /^(?:meta (?:name|property)|link (?:rel|type|title)|[a-z\d]+ rel)$/;
/** The scheme by which a browser hands a feed to a reader. */
const FEED_SCHEME = /^feed:(?=https?:\/\/)/;
/** An icon of nothing, by which a browser asks for none. */
const NO_ICON = 'data:,';

/** The active content of a piece of HTML that is shown inside a page; empty for harmless HTML. */
export function findActive(html: string): readonly string[] {
  return judge(html, false);
}

/** The active content of a whole page of the publisher; data for machines (`application/ld+json`) runs nowhere. */
export function findActiveInPage(html: string): readonly string[] {
  return judge(html, true);
}

function judge(html: string, isPage: boolean): readonly string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      const isOwn =
        isPage && (PAGE_ELEMENTS.has(name) || (name === 'script' && attributes.type === 'application/ld+json'));
      if (!isOwn && (ACTIVE_ELEMENTS.has(name) || name.includes('-'))) found.push(`<${name}>`);
      if (name === 'meta' && 'http-equiv' in attributes) found.push('<meta http-equiv>');
      for (const [attribute, value] of Object.entries(attributes)) {
        if (isPage && PAGE_ATTRIBUTES.test(`${name} ${attribute}`)) continue;
        if (isPage && name === 'link' && attributes.rel === 'icon' && value === NO_ICON) continue;
        if (isActive(attribute, isPage ? value.replace(FEED_SCHEME, '') : value))
          found.push(`<${name} ${attribute}="${value}">`);
      }
    },
    onprocessinginstruction: (name) => {
      if (!isPage || name !== '!doctype') found.push(`<${name}>`);
    },
    oncomment: (text) => {
      found.push(`<!--${text}-->`);
    },
  });
  parser.end(html);
  return found;
}

function isActive(attribute: string, value: string): boolean {
  if (attribute.startsWith('on') || attribute.includes(':') || ACTIVE_ATTRIBUTES.has(attribute)) return true;
  if (attribute === 'srcset') return value.split(/,\s+/).some((candidate) => !isHarmlessAddress(candidate.trim()));
  return ADDRESS_ATTRIBUTES.has(attribute) && !isHarmlessAddress(value);
}

/** Whether an address leads to a page, a file or a mailbox, read as a browser reads it: controls and blanks count not. */
export function isHarmlessAddress(address: string): boolean {
  const bare = [...address].filter((character) => character > ' ').join('');
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(bare)?.[1]?.toLowerCase();
  return scheme === undefined ? !bare.startsWith('//') : ['http', 'https', 'mailto'].includes(scheme);
}
