/** Players that articles embed, and the pages where one can see or hear the same thing. */

import type { Attributes } from './tree/tree.ts';

/** By the address without its scheme. */
const PAGES: readonly (readonly [RegExp, (id: string) => string])[] = [
  [/^youtube(?:-nocookie)?\.com\/embed\/videoseries\?(?:[^#]*&)?list=([\w-]+)/i, youtubeList],
  [/^youtube(?:-nocookie)?\.com\/(?:embed|v)\/([\w-]{6,})/i, youtube],
  [/^player\.vimeo\.com\/video\/(\d+)/i, vimeo],
  [/^dailymotion\.com\/embed\/video\/(\w+)/i, dailymotion],
  [/^ted\.com\/talks\/([\w-]+)/i, ted],
  [/^embed\.ted\.com\/talks\/([\w-]+)/i, ted],
  [/^open\.spotify\.com\/embed(?:-podcast)?\/((?:album|artist|episode|playlist|show|track)\/\w+)/i, spotify],
  [/^(w\.soundcloud\.com\/player\/?\?[^#\s]*)/i, soundcloud],
  [/^codepen\.io\/([\w-]+\/embed\/(?:preview\/)?\w+)/i, codepen],
  [/^instagram\.com\/(?:p|reel|tv)\/([\w-]+)\/embed/i, instagram],
  [/^gist\.github\.com\/([\w-]+(?:\/\w+)?)\.js/i, gist],
  [/^codesandbox\.io\/embed\/([\w-]+)/i, (id) => `https://codesandbox.io/s/${id}`],
  [/^stackblitz\.com\/edit\/([\w-]+)/i, (id) => `https://stackblitz.com/edit/${id}`],
  [/^jsfiddle\.net\/((?:[\w-]+\/)?\w+)\/embedded/i, (path) => `https://jsfiddle.net/${path}/`],
  [/^player\.bilibili\.com\/[^?#]*\?(?:[^#]*&)?bvid=(BV\w+)/i, bilibili],
  [/^(?:player\.|clips\.)?twitch\.tv\/(?:embed\/?)?\?(?:[^#]*&)?video=v?(\d+)/i, twitch],
  [/^loom\.com\/embed\/(\w+)/i, (id) => `https://www.loom.com/share/${id}`],
  [/^archive\.org\/embed\/([\w.-]+)/i, (id) => `https://archive.org/details/${id}`],
  [/^speakerdeck\.com\/player\/(\w+)/i, (id) => `https://speakerdeck.com/player/${id}`],
  [/^tiktok\.com\/embed\/(?:v2\/)?(\d+)/i, (id) => `https://www.tiktok.com/embed/${id}`],
  [/^platform\.twitter\.com\/embed\/Tweet\.html\?(?:[^#]*&)?id=(\d+)/i, tweet],
  [/^(bandcamp\.com\/EmbeddedPlayer\/[^#\s]+)/i, (path) => `https://${path}`],
  [/^embed\.podcasts\.apple\.com\/([^#\s]+)/i, applePodcast],
];

/** The page of what this player plays, or `null` if it is none that is known here. */
export function findVideo(playerAddress: string): string | null {
  const [, address] = /^(?:https?:)?\/\/(?:www\.)?(.*)/is.exec(playerAddress.trim()) ?? [];
  if (address === undefined) return null;
  for (const [pattern, pageOf] of PAGES) {
    const id = pattern.exec(address)?.[1];
    if (id !== undefined) return pageOf(id);
  }
  return null;
}

/**
 * Frames, and scripts that put one in their place; those that wait have their address elsewhere. A frame that says what it
 * shows is a link to that, wherever it lies, and so is a paper or a film in an `object`.
 */
export function findEmbedded(tag: string, written: Attributes): string | null {
  if (tag === 'object' || tag === 'embed') return findFile(written.data ?? written.src ?? '');
  const film = /youtube|vimeo/.exec(tag)?.[0];
  if (film !== undefined)
    return filmOf(film, written.videoid ?? written['video-id'] ?? written.id ?? written.src ?? '');
  if (tag !== 'iframe' && tag !== 'script') return null;
  for (const name of ['src', 'data-src', 'data-lazy-src', 'data-litespeed-src', 'data-original']) {
    const page = findVideo(written[name] ?? '');
    if (page !== null) return page;
  }
  return tag === 'iframe' ? (findFile(written.src ?? '') ?? findTitled(written)) : null;
}

/** Elements and components of players: `<lite-youtube videoid="…">`, `<YouTube id="…" />`. */
function filmOf(site: string, written: string): string | null {
  if (/^https?:\/\//i.test(written)) return findVideo(written) ?? written;
  return /^[\w-]{6,20}$/.test(written) ? (site === 'vimeo' ? vimeo : youtube)(written) : null;
}

/** A file that readers open in a program of its own. */
function findFile(address: string): string | null {
  const written = address.trim();
  return /^(?:https?:|[^:]*$)/i.test(written) && /\.(?:pdf|mp4|webm|mp3|m4a|ogg|epub)(?:[?#].*)?$/i.test(written)
    ? written
    : (findVideo(written) ?? null);
}

/** Frames that nobody is to see, or that ask something of their visitors. */
const UNSEEN =
  /analytics|captcha|consent|cookie|counter|doubleclick|googletagmanager|newsletter|pixel|subscribe|tracking|\bads?\b/i;

function findTitled({ src = '', title = '', width, height, style = '' }: Attributes): string | null {
  const isDot = [width, height].some((size) => size !== undefined && /^[01](?:px)?$/.test(size.trim()));
  if (isDot || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style) || UNSEEN.test(`${src} ${title}`)) return null;
  return /\p{L}{3}/u.test(title) && /^(?:https?:)?\/\//i.test(src.trim()) ? src.trim() : null;
}

export function youtube(id: string): string {
  return `https://www.youtube.com/watch?v=${encodeURIComponent(id)}`;
}

export function vimeo(id: string): string {
  return `https://vimeo.com/${encodeURIComponent(id)}`;
}

function bilibili(id: string): string {
  return `https://www.bilibili.com/video/${id}/`;
}

function twitch(id: string): string {
  return `https://www.twitch.tv/videos/${id}`;
}

function tweet(id: string): string {
  return `https://twitter.com/i/status/${id}`;
}

function youtubeList(id: string): string {
  return `https://www.youtube.com/playlist?list=${id}`;
}

function dailymotion(id: string): string {
  return `https://www.dailymotion.com/video/${id}`;
}

function ted(id: string): string {
  return `https://www.ted.com/talks/${id}`;
}

export function spotify(kindAndId: string): string {
  return `https://open.spotify.com/${kindAndId}`;
}

/** The page where there is one in the player's address; else the player, which works alone. */
function soundcloud(player: string): string {
  const page = new URL(`https://${player}`).searchParams.get('url');
  return page?.startsWith('https://soundcloud.com/') ? page : `https://${player}`;
}

export function codepen(path: string): string {
  return `https://codepen.io/${path.replace(/\/embed\/(?:preview\/)?/i, '/pen/')}`;
}

export function instagram(id: string): string {
  return `https://www.instagram.com/p/${id}/`;
}

export function gist(path: string): string {
  return `https://gist.github.com/${path}`;
}

function applePodcast(path: string): string {
  return `https://podcasts.apple.com/${path}`;
}
