/**
 * WordPress' shortcodes, which stay in the text of its exports: a caption becomes a figure's, a video's address stays,
 * a gallery names pictures that only WordPress knows.
 */

import { findCode } from './code.ts';
import type { ContentSource } from './context.ts';

const SHORTCODE =
  /\[(?:wp_)?caption\b[^[\]\n]{0,500}\]((?:(?!\[(?:wp_)?caption\b).){0,5000}?)\[\/(?:wp_)?caption\]|\[(?:embed|youtube|vimeo|audio|video)\b[^[\]\n]{0,200}?(?<!\s)(?:\s{1,100}|\s{0,100}[\]=]\s{0,100})["']?(?=(https?:\/\/[^\s"'\]<>[]{1,2000}))\2["']?(?:[^[\]\n]{0,200}\]|(?=\[\/))(?:\[\/\w+\])?|\[gallery\b[^[\]\n]{0,500}\]/gs;

/** Code keeps what it shows. */
export function showShortcodes(text: string, kind: ContentSource['kind']): string {
  if (!/\[(?:(?:wp_)?caption|embed|youtube|vimeo|audio|video|gallery)\b/.test(text)) return text;
  const code = findCode(text, kind);
  return text.replace(SHORTCODE, (written, captioned: string | undefined, address: string | undefined, at: number) => {
    if (code.some(({ start, end }) => start <= at && at < end)) return written;
    if (captioned !== undefined) return showCaption(captioned.trim(), kind);
    if (address === undefined) return '';
    return kind === 'html' ? `<p><a href="${address}">${address}</a></p>` : `<${address}>`;
  });
}

/** The image, with or without a link around it, and the text behind it. */
function showCaption(captioned: string, kind: ContentSource['kind']): string {
  const html = /^((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*<\/a>)?)(.*)$/is.exec(captioned);
  if (html !== null) return `<figure>${html[1]}<figcaption>${html[2]?.trim()}</figcaption></figure>`;
  const [, image, said = ''] = /^(\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?)(.*)$/s.exec(captioned) ?? [];
  if (image === undefined || kind === 'html' || said.trim() === '') return captioned;
  return `${image}\n*${said.trim()}*`;
}
