/** The address of an article whose author states none, made from its key; and how a path is written in an address. */

import { slugify } from '../text/slug.ts';
import { stem, withoutPageId } from './file-name.ts';
import { decodePercent } from './percent-encoding.ts';

/** The address of an article whose author states none: `_posts/2021-04-07-a.md` → `/2021-04-07-a/`, `a/index.md` → `/a/`. */
export function defaultPath(key: string): string {
  return pathOfKey(key, withoutPageId);
}

/** @param shown what stands in the address of the name of a file or folder */
export function pathOfKey(key: string, shown: (name: string) => string): string {
  const parts = stem(key).split('/');
  if (parts.length > 1 && parts.at(-1)?.toLowerCase() === 'index') parts.pop();
  // Folders such as `_posts` sort files for a system; no reader has ever seen them in an address.
  const visible = parts.filter((part, index) => index === parts.length - 1 || !part.startsWith('_'));
  const path = encodePath(`/${visible.map(shown).join('/')}/`);
  return path === null || path === '/' ? `/${encodeURIComponent(slugify(key))}/` : path;
}

/** Decodes and encodes again, part by part; null when it climbs, or is no path. */
export function encodePath(written: string): string | null {
  if (/[\u0000-\u001f\\]|^[a-z][a-z0-9+.-]*:\/\//i.test(written)) return null;
  const parts: string[] = [];
  for (const part of `/${written}`.split('/').slice(1)) {
    const text = decodePart(part);
    if (text === null || text === '..' || /[\u0000-\u001f\u007f/\\]/.test(text)) return null;
    if (text !== '' && text !== '.') parts.push(encodeURIComponent(text.normalize('NFC')));
  }
  const path = `/${parts.join('/')}`;
  return written.endsWith('/') && path !== '/' ? `${path}/` : path;
}

function decodePart(part: string): string | null {
  return decodePercent(part) ?? (part.isWellFormed() ? part : null);
}
