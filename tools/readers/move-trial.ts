/**
 * Asks real readers what a move, or another version, shows: each subscribes to an old feed on the loopback and reads all of it;
 * then the same address gives the new feed, and what is unread, or mailed, is counted, and what is shown otherwise of each entry
 * is told. `feedwright rehearse` says beforehand what comes again. READERS names some of the programs, between commas.
 *
 *   node tools/readers/move-trial.ts                     a blog of Jekyll's, with its ids (ids: jekyll) and without
 *   node tools/readers/move-trial.ts old.xml new.xml     these documents
 */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../local/library.ts';
import { changesOf, type EntryChange } from './move/entry-changes.ts';
import { exchangeDocument } from './programs/exchange.ts';
import { SUBSCRIBERS } from './programs/subscribers.ts';

const POSTS_COUNT = 10;
const SITE = 'title: Saltmarsh\nurl: https://saltmarsh.example/\npermalink: /:year/:month/:day/:title/\n';

interface MoveTrial {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

const [oldFile, newFile] = process.argv.slice(2);
const chosen = process.env.READERS?.split(',');
const trials =
  oldFile === undefined || newFile === undefined
    ? await jekyllTrials()
    : [{ name: newFile, before: readFileSync(oldFile, 'utf8'), after: readFileSync(newFile, 'utf8') }];
for (const { name, before, after } of trials) {
  for (const subscriber of SUBSCRIBERS.filter((each) => chosen === undefined || chosen.includes(each.name))) {
    const exchange = await exchangeDocument(subscriber, before, after);
    const again = exchange?.then.filter(({ isNew }) => isNew) ?? [];
    const said =
      exchange === null ? 'not here' : `${again.length} of ${exchange.first.length} shown again or new${listOf(again)}`;
    const changes = exchange === null || subscriber.isMail === true ? [] : changesOf(exchange.first, exchange.then);
    process.stdout.write(
      `${name}, ${subscriber.name} ${subscriber.version}: ${said}, ${changes.length} shown otherwise\n`,
    );
    for (const change of changes) process.stdout.write(`${describeChange(change)}\n`);
  }
}

function describeChange({ field, entry, before, after }: EntryChange): string {
  return `  ${field} of “${entry}”: “${before}” → “${after}”`;
}

function listOf(entries: readonly { readonly title: string }[]): string {
  return entries.length === 0 ? '' : `: ${entries.map(({ title }) => title).join('; ')}`;
}

/** The feeds of jekyll-feed and of this project, made from the same folder of posts. */
async function jekyllTrials(): Promise<readonly MoveTrial[]> {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-move-'));
  try {
    mkdirSync(join(folder, 'content/_posts'), { recursive: true });
    const entries = Array.from({ length: POSTS_COUNT }, (_, index) => {
      const day = String(index + 1).padStart(2, '0');
      const post = `---\ntitle: Tide ${day}\n---\nThe tide of day ${day}.\n`;
      writeFileSync(join(folder, `content/_posts/2026-01-${day}-tide-${day}.md`), post);
      const address = `https://saltmarsh.example/2026/01/${day}/tide-${day}`;
      return `<entry><title type="html">Tide ${day}</title><link href="${address}/" rel="alternate"/>
<published>2026-01-${day}T00:00:00+00:00</published><updated>2026-01-${day}T00:00:00+00:00</updated>
<id>${address}</id><content type="html">&lt;p&gt;The tide of day ${day}.&lt;/p&gt;</content></entry>`;
    });
    const before = `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">
<link href="https://saltmarsh.example/feed.xml" rel="self"/><updated>2026-01-${POSTS_COUNT}T00:00:00+00:00</updated>
<id>https://saltmarsh.example/feed.xml</id><title type="html">Saltmarsh</title>
${entries.toReversed().join('\n')}</feed>`;
    const after = async (name: string, settings: string): Promise<MoveTrial> => {
      writeFileSync(join(folder, 'content/site.yaml'), SITE + settings);
      await build({ folder: join(folder, 'content'), out: join(folder, name) });
      return { name, before, after: readFileSync(join(folder, name, 'atom.xml'), 'utf8') };
    };
    return [await after('ids: jekyll', 'ids: jekyll\n'), await after('ids: made', '')];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
