/** Publications that adopt ids, and old feeds as the systems write them that they come from. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTrialFolder } from './import-trial.ts';
import { runCommand } from './run-command.ts';

export const NOW = Date.UTC(2026, 10, 30, 12);
export const OLD = 'https://old.example/';

interface Trial {
  readonly content: string;
  adopt(...args: readonly string[]): ReturnType<typeof runCommand>;
  /** The ids of the newest page of each format, by title. */
  build(): Promise<{ readonly rss: Ids; readonly atom: Ids; readonly json: Ids; readonly text: string }>;
}
type Ids = Readonly<Record<string, string>>;

export function begin(files: Readonly<Record<string, string>>, settings: readonly string[] = [], url = OLD): Trial {
  const root = makeTrialFolder();
  const content = join(root, 'content');
  const all = { 'site.yaml': ['title: Old', `url: ${url}`, 'automatic: false', ...settings, ''].join('\n'), ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(content, path)), { recursive: true });
    writeFileSync(join(content, path), text);
  }
  return {
    content,
    adopt: (...args) => runCommand(['adopt', ...args, '--folder', content, '--state', stateOf(root)], NOW),
    async build() {
      const out = join(root, 'public');
      const { code, printed, noted } = await runCommand(['build', content, '--out', out], NOW);
      if (code !== 0) throw new Error(printed + noted);
      const read = (name: string) => readFileSync(join(out, name), 'utf8');
      const { items } = JSON.parse(read('feed.json')) as { readonly items: readonly { id: string; title: string }[] };
      return {
        rss: idsIn(read('rss.xml'), 'item', 'guid'),
        atom: idsIn(read('atom.xml'), 'entry', 'id'),
        json: Object.fromEntries(items.map(({ id, title }) => [title, id])),
        text: read('rss.xml'),
      };
    },
  };
}

/** An empty state file stands for a publication that was never built. */
function stateOf(root: string): string {
  const path = join(root, 'public.feedwright.db');
  if (!existsSync(path)) writeFileSync(path, '');
  return path;
}

function idsIn(document: string, item: string, id: string): Ids {
  const found = [...document.matchAll(new RegExp(`<${item}[ >].*?</${item}>`, 'gs'))].map(([text]) => [
    decodeXml(/<title[^>]*>(.*?)<\/title>/s.exec(text)?.[1] ?? ''),
    decodeXml(new RegExp(`<${id}[^>]*>(.*?)</${id}>`, 's').exec(text)?.[1] ?? ''),
  ]);
  return Object.fromEntries(found);
}

function decodeXml(text: string): string {
  return text
    .replace(/&#x([\da-f]+);/gi, (_, digits: string) => String.fromCodePoint(Number.parseInt(digits, 16)))
    .replace(/&#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

export const post = (title: string, ...fields: readonly string[]) =>
  ['---', `title: ${JSON.stringify(title)}`, ...fields, '---', '', `Words of ${title}.`, ''].join('\n');

/** RSS as WordPress writes it. */
export function wordpress(
  items: readonly (readonly [title: string, guid: string, link: string, date: string])[],
): string {
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Old</title><atom:link href="${OLD}feed/" rel="self" type="application/rss+xml" /><link>${OLD.slice(0, -1)}</link>
<generator>https://wordpress.org/?v=7.1</generator>
${items
  .map(
    ([title, guid, link, date]) => `<item><title>${title}</title><link>${link}</link><pubDate>${date}</pubDate>
<guid isPermaLink="false">${guid}</guid><description><![CDATA[Words [&#8230;]]]></description></item>`,
  )
  .join('\n')}
</channel></rss>`;
}

/** Atom as jekyll-feed and others write it. */
export function atom(
  entries: readonly (readonly [title: string, id: string, link: string, date: string])[],
  { self = 'feed.xml', older = '' }: { readonly self?: string; readonly older?: string } = {},
): string {
  return `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><link href="${OLD}${self}" rel="self"/>
<link href="${OLD}" rel="alternate" type="text/html"/>${older === '' ? '' : `<link rel="prev-archive" href="${older}"/>`}
<updated>2024-05-01T00:00:00+00:00</updated><id>${OLD}${self}</id><title type="html">Old</title>
${entries
  .map(
    ([title, id, link, date]) => `<entry><title type="html">${title}</title><link href="${link}" rel="alternate"/>
<published>${date}</published><updated>${date}</updated><id>${id}</id><content type="html">Words</content></entry>`,
  )
  .join('\n')}</feed>`;
}
