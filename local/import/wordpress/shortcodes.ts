/**
 * WordPress' shortcodes, which stand unexpanded in an export: captions, galleries and players become HTML, what a
 * plug-in shows to some readers only goes, and what is not known stays and is told. Code keeps what it shows.
 */

import { escapeAttribute, escapeText } from '../../../lambda/text/characters.ts';
import type { ExportReport } from '../model/export-report.ts';
import type { Upload, WxrSurvey } from './wxr-survey.ts';

export interface ShortcodeContext {
  readonly survey: Pick<WxrSurvey, 'upload' | 'picturesOf'>;
  readonly postId: string;
  /** How messages call the post. */
  readonly place: string;
  readonly report: Pick<ExportReport, 'leave'>;
}

/** `[name attributes]`, `[/name]`, and `[[name]]`, which means a shortcode that is spoken of. */
const SHORTCODE =
  /(\[?)\[(\/?)([a-z][\w-]{1,60})((?:[\s=:](?:[^[\]"'<>]|"[^"\n]{0,2000}"|'[^'\n]{0,2000}'|“[^”\n]{0,500}”){0,2000})?)(\/?)\](\]?)/gi;
/** Code, comments and tags: nothing is a shortcode in there. */
const CLOSED =
  /<pre\b[\s\S]*?(?:<\/pre>|$)|<code\b[\s\S]*?(?:<\/code>|$)|<(?:script|style|textarea)\b[\s\S]*?(?:<\/(?:script|style|textarea)>|$)|<!--[\s\S]*?(?:-->|$)|<\/?[a-z][^<>]*>/gi;

/** Names of plug-ins that show their contents to members, payers or people with a password. */
const GATED =
  /restrict|member|subscriber|premium|private|protect|paywall|paid|password|logged|login|hide|hidden|secret|locked|locker|^(?:s2|wlm|mepr|pmpro|rcp|um_|wcm|ihc|arm|swpm|mm_)/i;
/** Shortcodes of page builders; the text is between their marks. */
const BUILDERS = /^(?:vc_|et_pb_|fusion_|su_|av_|fl_|cs_|tatsu_|themify_|mk_|dt_)/i;
const FORMS =
  /^(?:contact-form|contact-form-7|wpforms|gravityform|ninja_form|formidable|mc4wp_form|jetpack_subscription_form)$/i;
const EMBEDS =
  /^(?:embed|youtube|vimeo|dailymotion|soundcloud|spotify|ted|tiktok|tweet|twitter|instagram|facebook|wpvideo|videopress|gist)$/i;

export function showShortcodes(html: string, context: ShortcodeContext): string {
  if (!/\[\/?[a-z]/i.test(html)) return html;
  const closed = [...html.matchAll(CLOSED)].map(({ 0: text, index }) => ({ start: index, end: index + text.length }));
  const parts: string[] = [];
  let at = 0;
  let passed = 0;
  for (const found of html.matchAll(SHORTCODE)) {
    const { index } = found;
    if (index < at) continue;
    while (passed < closed.length && (closed[passed]?.end ?? 0) <= index) passed += 1;
    if ((closed[passed]?.start ?? Number.POSITIVE_INFINITY) <= index) continue;
    const [whole, extraOpen = '', slash, name = '', attributes = '', , extraClose = ''] = found;
    if (extraOpen !== '' && extraClose !== '') {
      // Spoken of: one pair of brackets is the sign for it.
      parts.push(html.slice(at, index), `&#91;${whole.slice(2, -1)}`);
      at = index + whole.length;
      continue;
    }
    const start = index + extraOpen.length;
    const afterTag = index + whole.length - extraClose.length;
    const shown = slash === '/' ? showStray(name) : show(html, afterTag, name.toLowerCase(), attributes, context);
    if (shown === null) continue;
    parts.push(html.slice(at, start), shown.html);
    at = shown.end ?? afterTag;
  }
  return parts.join('') + html.slice(at);
}

/** Null leaves it as it is. `end` is where the text goes on, if that is not behind the tag. */
type Shown = { readonly html: string; readonly end?: number } | null;

/** An end without a beginning is dropped where its beginning would have been. */
function showStray(name: string): Shown {
  return BUILDERS.test(name) ? { html: '' } : null;
}

function show(html: string, after: number, name: string, attributeText: string, context: ShortcodeContext): Shown {
  const attributes = readAttributes(attributeText);
  if (BUILDERS.test(name))
    return tell(context, 'tags of a page builder: what they enclosed was kept', name, { html: '' });
  if (FORMS.test(name))
    return tell(context, 'forms, which need a server', name, { html: '', ...ending(html, after, name) });
  switch (name) {
    case 'caption':
    case 'wp_caption':
      return showCaption(html, after, name, attributes, context);
    case 'gallery':
      return { html: showGallery(attributes, context) };
    case 'playlist':
      return { html: showPlaylist(attributes, context) };
    case 'audio':
    case 'video':
      return showPlayer(html, after, name, attributes);
    case 'code':
    case 'sourcecode':
    case 'pre':
      return showCode(html, after, name, attributes);
  }
  if (EMBEDS.test(name)) return showEmbed(html, after, name, attributeText);
  const close = findClose(html, after, name);
  if (close !== null && GATED.test(name)) {
    const what = 'parts that a plug-in showed to some readers only: they are not imported';
    return tell(context, what, `[${name}] in ${context.place}`, { html: '', end: close.end });
  }
  if (close === null && attributeText.trim() === '') return null;
  context.report.leave('shortcodes of plug-ins, which stay in the text as they are', `[${name}] in ${context.place}`);
  return null;
}

function tell(context: ShortcodeContext, what: string, name: string, shown: Exclude<Shown, null>): Shown {
  context.report.leave(what, name.startsWith('[') ? name : `[${name}] in ${context.place}`);
  return shown;
}

function findClose(html: string, from: number, name: string): { readonly start: number; readonly end: number } | null {
  const close = new RegExp(`\\[/${name}\\]`, 'gi');
  close.lastIndex = from;
  const found = close.exec(html);
  return found === null ? null : { start: found.index, end: found.index + found[0].length };
}

/** Behind the closing tag, where there is one. */
function ending(html: string, after: number, name: string): { readonly end?: number } {
  const close = findClose(html, after, name);
  return close === null ? {} : { end: close.end };
}

/** `[caption]<img …> The caption[/caption]`; before 2012 the caption was an attribute. */
function showCaption(
  html: string,
  after: number,
  name: string,
  attributes: ReadonlyMap<string, string>,
  { survey }: ShortcodeContext,
): Shown {
  const close = findClose(html, after, name);
  if (close === null) return null;
  const inner = html.slice(after, close.start).trim();
  const picture = /^(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*<\/a>)?/i.exec(inner)?.[0];
  if (picture === undefined) return { html: inner, end: close.end };
  const said = inner.slice(picture.length).trim() || (attributes.get('caption') ?? '');
  const id = /^attachment_(\d+)$/.exec(attributes.get('id') ?? '')?.[1];
  const caption = said || (id === undefined ? '' : (survey.upload(id)?.caption ?? ''));
  return { html: figure(picture, caption), end: close.end };
}

function figure(picture: string, caption: string): string {
  return `<figure>${picture}${caption === '' ? '' : `<figcaption>${caption}</figcaption>`}</figure>`;
}

/** `ids` name the pictures; without them they are those that were uploaded to the post. */
function showGallery(attributes: ReadonlyMap<string, string>, context: ShortcodeContext): string {
  const pictures = uploadsOf(attributes, context, () =>
    context.survey.picturesOf(attributes.get('id') ?? context.postId),
  );
  const shown = pictures.map(({ url, alt, caption }) =>
    figure(`<img src="${escapeAttribute(url)}" alt="${escapeAttribute(alt)}">`, caption),
  );
  if (shown.length === 0) return '';
  return `\n<figure>${shown.join('')}</figure>\n`;
}

function uploadsOf(
  attributes: ReadonlyMap<string, string>,
  { survey, place, report }: ShortcodeContext,
  others: () => readonly Upload[],
): readonly Upload[] {
  const listed = attributes.get('ids') ?? attributes.get('include');
  if (listed === undefined) {
    const found = others();
    if (found.length === 0) report.leave('galleries whose pictures the export does not hold', place);
    return found;
  }
  return listed.split(/[,\s]+/).flatMap((id) => {
    if (id === '') return [];
    const upload = survey.upload(id);
    if (upload !== null) return [upload];
    report.leave(
      'pictures of galleries that the export does not hold: export all content, not posts alone',
      `${id} in ${place}`,
    );
    return [];
  });
}

function showPlaylist(attributes: ReadonlyMap<string, string>, context: ShortcodeContext): string {
  const tag = attributes.get('type') === 'video' ? 'video' : 'audio';
  const players = uploadsOf(attributes, context, () => []).map(({ url }) => player(tag, url, null));
  return players.length === 0 ? '' : `\n<figure>${players.join('')}</figure>\n`;
}

const SOURCES = ['src', 'mp3', 'm4a', 'ogg', 'opus', 'wav', 'flac', 'mp4', 'm4v', 'webm', 'ogv', 'mov', ''];

function showPlayer(
  html: string,
  after: number,
  name: 'audio' | 'video',
  attributes: ReadonlyMap<string, string>,
): Shown {
  const close = findClose(html, after, name);
  const inside = close === null ? '' : html.slice(after, close.start);
  const source = SOURCES.map((key) => attributes.get(key)).find(
    (value) => value !== undefined && /^https?:|^\//.test(value),
  );
  const address = source ?? /https?:\/\/[^\s"'<>[\]]+/.exec(inside)?.[0];
  if (address === undefined) return null;
  return {
    html: `\n${player(name, address, attributes.get('poster') ?? null)}\n`,
    ...(close !== null && { end: close.end }),
  };
}

function player(tag: 'audio' | 'video', address: string, poster: string | null): string {
  const still = poster === null ? '' : ` poster="${escapeAttribute(poster)}"`;
  return `<figure><${tag} controls src="${escapeAttribute(address)}"${still}></${tag}></figure>`;
}

function showEmbed(html: string, after: number, name: string, attributeText: string): Shown {
  const close = findClose(html, after, name);
  const inside = close === null ? '' : html.slice(after, close.start);
  const address = /https?:\/\/[^\s"'<>[\]]+/.exec(`${attributeText} ${inside}`)?.[0];
  if (address === undefined) return null;
  const link = `<p><a href="${escapeAttribute(address.replaceAll('&amp;', '&'))}">${escapeText(address.replaceAll('&amp;', '&'))}</a></p>`;
  return { html: `\n${link}\n`, ...(close !== null && { end: close.end }) };
}

/** Text that an editor had escaped already stays escaped. */
function showCode(html: string, after: number, name: string, attributes: ReadonlyMap<string, string>): Shown {
  const close = findClose(html, after, name);
  if (close === null) return null;
  const code = html
    .slice(after, close.start)
    .replace(/^[ \t]*\n/, '')
    .trimEnd();
  const escaped = /&(?:lt|gt|amp|quot|#\d{1,5});/.test(code) ? code.replaceAll('<', '&lt;') : escapeText(code);
  const language = attributes.get('language') ?? attributes.get('lang') ?? attributes.get('') ?? '';
  const marked = /^[\w+#-]+$/.test(language) ? ` class="language-${language}"` : '';
  return { html: `<pre><code${marked}>${escaped.replaceAll('[', '&#91;')}\n</code></pre>`, end: close.end };
}

const ATTRIBUTE = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|“([^”]*)”|([^\s"'“]+))|"([^"]*)"|'([^']*)'|(\S+)/g;

/** By name in lower case; the first value without a name under the empty one. */
function readAttributes(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', ...values] of text.replace(/^[=:]/, '').matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase();
    const value = values.find((each) => each !== undefined) ?? '';
    if (!attributes.has(key)) attributes.set(key, value.replaceAll('&amp;', '&').replaceAll('&quot;', '"'));
  }
  return attributes;
}
