/** What the template code of well-known systems becomes: text, HTML, or nothing. */

import { extensionOfArticle } from '../../../address/article-key.ts';
import { namedPlace } from '../../../address/named-place.ts';
import { collapseSpace, escapeAttribute, escapeText } from '../../../text/characters.ts';
import type { ContentContext } from '../../html/context.ts';
import { codepen, findVideo, gist, instagram, spotify, vimeo, youtube } from '../../html/embed.ts';
import { inlineText } from '../../markdown/inline-text.ts';
import { renderPhrase } from '../../markdown/markdown.ts';
import { type CodeTitle, titledCode } from '../../markdown/syntax/code/code-titles.ts';
import { renderEnclosure } from './template-blocks.ts';
import { parseArguments, type TagArguments, type TemplateTag } from './template-tag.ts';

/** `text` goes into the article's own text, `html` past Markdown; `leftOut` names what the reader doesn't get. */
export type Rendering =
  | { readonly text: string; readonly leftOut?: string }
  | { readonly html: string; readonly leftOut?: string }
  | { readonly leftOut?: string };

type Renderer = (args: TagArguments, body: string, context: ContentContext, tag: TemplateTag) => Rendering | undefined;

const NOTHING: Rendering = {};

/** A shortcode or tag; `body` is what it encloses, for those that deal with it themselves. */
export function renderTag(tag: TemplateTag, body: string | null, context: ContentContext): Rendering {
  const called = tag.name || collapseSpace(tag.rest).slice(0, SHOWN_CHARACTERS_MAX);
  const shown = { tag: `{% ${called} %}`, shortcode: `{{< ${called} >}}`, output: `{{ ${called} }}` }[tag.kind];
  const name = tag.name.toLowerCase();
  const render = Object.hasOwn(RENDERERS, name) ? RENDERERS[name] : undefined;
  const enclosure = renderEnclosure(tag);
  const rendering =
    enclosure === null ? render?.(parseArguments(tag.rest), body ?? '', context, tag) : { html: enclosure.alone };
  return rendering ?? { leftOut: shown };
}

const SHOWN_CHARACTERS_MAX = 60;

/** Whether more can be done with it than leave it out. */
export function isKnownTag(tag: TemplateTag): boolean {
  return Object.hasOwn(RENDERERS, tag.name.toLowerCase()) || renderEnclosure(tag) !== null;
}

const RENDERERS: Readonly<Record<string, Renderer | undefined>> = {
  asset_img: assetImage,
  asset_link: ({ positional: [file = '', ...words] }, _body, context) =>
    link(assetAddress(file, context), linkWords(words) || file),
  asset_path: ({ positional: [file = ''] }, _body, context) => address(assetAddress(file, context)),
  '#': () => NOTHING,
  assign: () => NOTHING,
  audio: audioTag,
  capture: () => NOTHING,
  code: codeBlock,
  codeblock: codeBlock,
  codepen: codepenTag,
  codesandbox: placeAt('https://codesandbox.io/s/'),
  comment: () => NOTHING,
  embed: ({ positional: [src], named }) => pageOf(null, named.url ?? named.src ?? src),
  figure: figure,
  gist: ({ positional: [owner, id] }) =>
    pageOf(gist, /^[\w-]{20,}$|\//.test(owner ?? '') || !id ? owner : `${owner}/${id}`),
  github: placeAt('https://github.com/'),
  highlight: codeBlock,
  iframe: ({ positional: [src], named }) => pageOf(null, named.src ?? src),
  image: imageTag,
  image_with_class: ({ positional: [source, , alt] }) => image({ src: source, alt }),
  img: octopressImage,
  include: include,
  instagram: ({ positional: [id], named }) => pageOf(instagram, named.id ?? id),
  jsfiddle: ({ positional: [id] }) => pageOf((path) => `https://jsfiddle.net/${path}/`, id),
  katex: formula,
  link: linkTag,
  math: formula,
  mathjax: formula,
  mermaid: codeBlock,
  more: () => NOTHING,
  post: ({ positional: [src] }) => pageOf(null, src),
  post_link: ({ positional: [slug, ...words] }) => link(slug && namedPlace(slug), linkWords(words) || slug),
  post_path: ({ positional: [slug] }) => (slug ? address(namedPlace(slug)) : NOTHING),
  post_url: ({ positional: [name] }) => (name ? address(namedPlace(name)) : NOTHING),
  prism: codeBlock,
  ref: reference,
  relref: reference,
  set: () => NOTHING,
  soundcloud: ({ positional: [src], named }) => pageOf(null, named.url ?? named.src ?? src),
  spotify: spotifyTag,
  stackblitz: placeAt('https://stackblitz.com/edit/'),
  tweet: tweet,
  twitter: tweet,
  video: videoTag,
  vimeo: ({ positional: [id], named }) => player(vimeo, named.id ?? id, named.title),
  x: tweet,
  youtube: ({ positional: [id], named }) => player(youtube, named.id ?? id, named.title),
};

/** Tags of dev.to and others that name what lies at a site: `{% github ann/boats %}`, or its whole address. */
function placeAt(site: string): Renderer {
  return ({ positional: [id] }) => pageOf((path) => site + path, id?.replace(/^@/, ''));
}

/** The words of a link of Hexo's; behind them may stand whether signs are escaped. */
function linkWords(words: readonly string[]): string {
  return (/^(?:true|false)$/.test(words.at(-1) ?? '') ? words.slice(0, -1) : words).join(' ');
}

/** An address in the author's text: blanks would end it there. */
function address(written: string | undefined): Rendering {
  return { text: (written ?? '').trim().replaceAll(' ', '%20') };
}

interface ImageParts {
  readonly src: string | undefined;
  readonly alt?: string | undefined;
  readonly title?: string | undefined;
  readonly width?: string | undefined;
  readonly height?: string | undefined;
}

function image(parts: ImageParts): Rendering {
  return parts.src ? { html: imageHtml(parts) } : NOTHING;
}

function imageHtml({ alt = '', ...parts }: ImageParts): string {
  return `<img${attributes({ ...parts, alt })}>`;
}

function attributes(values: Readonly<Record<string, string | undefined>>): string {
  const present = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return present.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('');
}

/** Hugo's figure: image, title, caption, and whose it is. */
function figure({ named, positional }: TagArguments): Rendering | undefined {
  const src = named.src ?? positional[0] ?? named.link;
  if (!src) return named.caption || named.title ? undefined : NOTHING;
  const picture = imageHtml({
    src,
    alt: named.alt ?? inlineText(named.caption ?? named.title ?? ''),
    width: named.width,
    height: named.height,
  });
  const shown = named.link ? `<a${attributes({ href: named.link })}>${picture}</a>` : picture;
  const credit = named.attr ? `<cite>${linked(named.attr, named.attrlink)}</cite>` : '';
  const caption = [
    named.title && `<strong>${renderPhrase(named.title)}</strong>`,
    named.caption && renderPhrase(named.caption),
    credit,
  ];
  const said = caption.filter(Boolean).join(' ');
  return { html: `<figure>${shown}${said && `<figcaption>${said}</figcaption>`}</figure>` };
}

function linked(text: string, href: string | undefined): string {
  return href ? `<a${attributes({ href })}>${escapeText(text)}</a>` : escapeText(text);
}

function link(href: string | undefined, text: string | undefined): Rendering {
  return href ? { html: linked(text || href, href) } : NOTHING;
}

/** Eleventy's `{% image "path" "alt" %}`: its path begins at the root. */
function imageTag(
  { positional, named }: TagArguments,
  _body: string,
  _context: ContentContext,
  tag: TemplateTag,
): Rendering | undefined {
  const src = named.src ?? positional[0];
  const fromRoot = tag.kind === 'tag' && src !== undefined && !/^(?:[./]|[a-z]+:)/i.test(src);
  const alt = named.alt ?? positional.slice(1).find((word) => !/^\d+$/.test(word));
  const place = fromRoot ? `/${src}` : src;
  if (place && (named.caption || named.title)) return figure({ positional, named: { ...named, src: place } });
  return image({ src: place, alt, width: named.width, height: named.height });
}

/** Octopress and Hexo: `{% img [class …] /path [width [height]] ["title" ["alt"]] %}`. */
function octopressImage({ positional, named }: TagArguments): Rendering {
  const at = positional.findIndex((word) => /[/.]/.test(word));
  if (at === -1) return image({ src: named.src, alt: named.alt });
  const rest = positional.slice(at + 1);
  const sizes = rest.filter((word, index) => index < 2 && /^\d+$/.test(word));
  const texts = rest.slice(sizes.length);
  return image({ src: positional[at], width: sizes[0], height: sizes[1], title: texts[0], alt: texts[1] ?? texts[0] });
}

/** Hexo: `{% asset_img [class …] a.png [width [height]] ["title" ["alt"]] %}`; words without quotes are one title. */
function assetImage({ positional }: TagArguments, _body: string, context: ContentContext, tag: TemplateTag): Rendering {
  const at = Math.max(
    0,
    positional.findIndex((word) => /\.\w+$/.test(word)),
  );
  const rest = positional.slice(at + 1);
  const sizes = rest.filter((word, index) => index < 2 && /^\d+$/.test(word));
  const written = rest.slice(sizes.length);
  const isQuoted = /["']/.test(tag.rest);
  // A pair of single quotes may hold both texts: '"title" "alt"'.
  const texts = !isQuoted
    ? [written.join(' ')].filter(Boolean)
    : written[0]?.startsWith('"')
      ? parseArguments(written[0]).positional
      : written;
  const [title, alt = title] = texts;
  const [width, height] = sizes;
  return image({ src: assetAddress(positional[at] ?? '', context), width, height, title, alt });
}

/** Hexo keeps a post's files in the folder of its name: `hello/a.png` for `hello.md`. */
function assetAddress(file: string, { key }: ContentContext): string {
  const stem = key.slice(key.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  return file === '' || stem === 'index' || /^(?:\/|[a-z]+:)/i.test(file)
    ? file
    : `${encodeURIComponent(stem)}/${file}`;
}

/** Jekyll's includes for images, videos and boxes, whatever a site calls them. Others hold what isn't here. */
function include({ positional: [file = ''], named }: TagArguments): Rendering | undefined {
  const src = named.src ?? named.image ?? named.url ?? named.image_path ?? named.file ?? named.path;
  const site = `${file} ${named.provider ?? ''}`;
  if (/youtube/i.test(site)) return player(youtube, named.id ?? named.video_id ?? named.ytid, named.title);
  if (/vimeo/i.test(site)) return player(vimeo, named.id ?? named.video_id, named.title);
  const said = named.content ?? named.text ?? named.message;
  if (said && /alert|callout|caution|important|info|note|notice|tip|warning/i.test(file))
    return { html: renderPhrase(said) };
  if (!/\b(?:figure|image|img|photo|picture)/i.test(file) || src === undefined)
    return { leftOut: `{% include ${file} %}` };
  return figure({ positional: [], named: { ...named, src, caption: named.caption ?? named.description } });
}

/** `{% link _posts/a.md %}` is Jekyll's, `{% link https://… %}` dev.to's; `{% link text address %}` is Hexo's. */
function linkTag({ positional: [first = '', second, title] }: TagArguments): Rendering {
  if (second === undefined) {
    if (/^https?:/.test(first)) return link(first, first);
    const path = first && `/${first.replace(/^\//, '')}`;
    return address(extensionOfArticle(path) === '' ? path : namedPlace(path));
  }
  return link(second, title ?? first);
}

/** Hugo: `{{< relref "a.md" >}}`. What is not there beside the article is found by its path, or by its name from anywhere. */
function reference({ positional, named }: TagArguments): Rendering {
  const written = named.path ?? positional[0] ?? '';
  const [path = '', fragment] = written.split('#', 2);
  if (path === '') return address(fragment === undefined ? '' : `#${fragment}`);
  return address(namedPlace(path, fragment));
}

/** `highlight go`, `codeblock lang:js title`, `highlight "go" "linenos=table"`. */
function codeBlock(
  { positional, named }: TagArguments,
  body: string,
  _context: ContentContext,
  tag: TemplateTag,
): Rendering {
  if (body === '') return NOTHING;
  const language =
    named.lang ?? named.language ?? (tag.name === 'highlight' || tag.kind === 'shortcode' ? positional[0] : undefined);
  const marked = language === undefined ? '' : attributes({ class: `language-${language}` });
  const code = `<pre><code${marked}>${escapeText(body.replace(/^[ \t]*\n/, '').trimEnd())}\n</code></pre>`;
  const title = titleOfCode({ positional, named }, tag);
  return { html: title === null ? code : titledCode(title, code) };
}

/** Hexo: `{% codeblock Some words lang:js https://… source %}`. Hugo: `{{< highlight go "title=a.go" >}}`, `file="a.go"`. */
function titleOfCode({ positional, named }: TagArguments, tag: TemplateTag): CodeTitle | null {
  const inOptions = positional.map((word) => /(?:^|,)title=([^,]+)/.exec(word)?.[1]).find(Boolean);
  const given = named.title ?? named.filename ?? named.file ?? named.caption ?? inOptions;
  if (given) return { title: given, source: null };
  if (tag.name !== 'codeblock') return null;
  const at = positional.findIndex((word) => /^https?:\/\//.test(word));
  const title = positional.slice(0, at === -1 ? undefined : at).join(' ');
  const url = positional[at];
  if (title === '') return null;
  return { title, source: url === undefined ? null : { url, text: positional.slice(at + 1).join(' ') || 'link' } };
}

function formula(_args: TagArguments, body: string): Rendering {
  return { html: escapeText(body.trim()) };
}

/** `{% video /a.mp4 640 360 /poster.png %}`; with an id alone nobody can tell where it is. */
function videoTag({ positional, named }: TagArguments): Rendering {
  const [src, width, height, poster] = [named.src ?? positional[0], ...positional.slice(1)];
  const page = findVideo(src ?? '');
  if (page !== null) return link(page, page);
  if (!src || !/\.\w+$/.test(src)) return { leftOut: '{% video %}' };
  const size = {
    width: /^\d+$/.test(width ?? '') ? width : undefined,
    height: /^\d+$/.test(height ?? '') ? height : undefined,
  };
  const still = poster !== undefined && /\.\w+$/.test(poster) ? poster : undefined;
  return { html: `<video controls${attributes({ src, poster: still, ...size })}></video>` };
}

function audioTag({ positional, named }: TagArguments): Rendering | undefined {
  const src = named.src ?? named.url ?? named.mp3 ?? positional[0];
  return src && /\.\w+$/.test(src) ? { html: `<audio controls${attributes({ src })}></audio>` } : undefined;
}

/** A link to the page of what the site would show; the argument may be the address of that page, or of its player. */
function pageOf(address: ((id: string) => string) | null, id: string | undefined): Rendering | undefined {
  const written = id?.trim() ?? '';
  if (/^(?:https?:)?\/\//.test(written)) return link(findVideo(written) ?? written, findVideo(written) ?? written);
  return address !== null && /^[\w./-]+$/.test(written) ? link(address(written), address(written)) : undefined;
}

function codepenTag({ positional, named }: TagArguments): Rendering | undefined {
  const [first, second] = positional;
  const user = named.user ?? (second === undefined ? undefined : first);
  const id = named.id ?? named.hash ?? named.slughash ?? second ?? first;
  return pageOf(codepen, user && id ? `${user}/pen/${id}` : /^https?:/.test(id ?? '') ? id : undefined);
}

function spotifyTag({ positional: [first], named }: TagArguments): Rendering | undefined {
  const id = named.id ?? named.url ?? first;
  const kind = named.type ?? 'track';
  return pageOf(spotify, id && /^\w+$/.test(id) ? `${kind}/${id}` : id?.replace(/^spotify:(\w+):/, '$1/'));
}

/** A player becomes a link to the video's page. */
function player(pageOf: (id: string) => string, id: string | undefined, title: string | undefined): Rendering {
  if (!id) return NOTHING;
  const href = /^https?:/.test(id) ? id : pageOf(id);
  return { html: linked(title || href, href) };
}

function tweet({ positional, named }: TagArguments): Rendering {
  const id = named.id ?? positional.at(-1);
  const href =
    id && (/^https?:/.test(id) ? id : `https://twitter.com/${named.user ?? 'i'}/status/${encodeURIComponent(id)}`);
  return link(href, href);
}
