/**
 * Small sites as fourteen systems have them (tests/systems/<name>/), and what becomes of each: its entries are held by
 * tests/systems/golden/<name>.json (UPDATE_GOLDEN=1 writes them), its differences from what the system itself makes of the
 * folder by tests/systems/differences/<name>.json, which `npm run systems -- --write` writes. A text that nobody may read begins
 * with `Hush`, one that everybody may read with `Tell`.
 */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderPart, writePart } from '../tools/systems/coming-from.ts';
import { FIELDS, type Known } from '../tools/systems/differences.ts';
import { PROGRAMS } from '../tools/systems/programs.ts';
import {
  filesOf,
  publishSite,
  readSite,
  SITE_NAMES,
  SITES_FOLDER,
  type SiteReading,
} from '../tools/systems/site-entries.ts';

const GOLDEN = join(SITES_FOLDER, 'golden');
const DOCS = join(SITES_FOLDER, '../../docs/coming-from');

describe.each(SITE_NAMES)('the small site of %s', (site) => {
  const publication = publishSite(join(SITES_FOLDER, site));

  it('becomes these entries', async () => {
    const reading = await readSite(await publication);
    const place = join(GOLDEN, `${site}.json`);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(place, renderGolden(reading));
    expect(reading).toEqual(JSON.parse(readFileSync(place, 'utf8')));
  });

  it('shows nothing in any public file that it keeps to itself, and all that it publishes', async () => {
    const documents = await (await publication).documents();
    const told = [...documents].map(([path, text]) => `${path}\n${text}`).join('\n');
    expect(told.match(/.{0,40}hush.{0,40}/i)).toBeNull();
    const sources = filesOf(join(SITES_FOLDER, site)).map((key) =>
      readFileSync(join(SITES_FOLDER, site, key), 'latin1'),
    );
    const words = new Set(sources.join('\n').match(/\bTell[a-z]+/g));
    expect([...words].filter((word) => !told.includes(word) && !NOT_SHOWN.has(word))).toEqual([]);
    expect(sources.join('\n')).toMatch(/\bHush[a-z]+/);
  });

  it('has differences from its system that say just what is here, each with a reason', async () => {
    const known = readKnown(site);
    expect(known === null).toBe(!PROGRAMS.some(({ name }) => name === site));
    const { entries } = await readSite(await publication);
    for (const { file, field, ours, reason } of known?.differences ?? []) {
      expect([file, field, FIELDS.includes(field), reason.length > 0]).toEqual([file, field, true, true]);
      if (file !== '') expect([file, field, ours]).toEqual([file, field, valueIn(entries, file, field)]);
    }
  });

  it('has a page on moving from its system, with tables that say what is here', async () => {
    const page = readFileSync(join(DOCS, `${site}.md`), 'utf8');
    const part = renderPart(site, await readSite(await publication), readKnown(site));
    expect(writePart(page, part)).toBe(page);
  });
});

describe('the differences', () => {
  it('are of sites that are there', () => {
    const names = readdirSync(join(SITES_FOLDER, 'differences')).map((name) => name.replace(/\.json$/, ''));
    expect(names.filter((name) => !(SITE_NAMES as readonly string[]).includes(name))).toEqual([]);
  });
});

/** The home page of a site is the publisher's own. */
const NOT_SHOWN = new Set(['Tellhome']);

/** An entry a line. */
function renderGolden({ entries, held, problems }: SiteReading): string {
  const lines = entries.map((entry) => JSON.stringify(entry)).join(',\n');
  return `{"entries": [\n${lines}\n],\n"held": ${JSON.stringify(held)},\n"problems": ${JSON.stringify(problems)}}\n`;
}

function readKnown(site: string): Known | null {
  const place = join(SITES_FOLDER, 'differences', `${site}.json`);
  return existsSync(place) ? JSON.parse(readFileSync(place, 'utf8')) : null;
}

function valueIn(entries: SiteReading['entries'], file: string, field: (typeof FIELDS)[number]): string {
  const entry = entries.find((each) => each.file === file);
  if (field === 'published') return entry === undefined ? 'no' : 'yes';
  const value = entry?.[field] ?? null;
  if (value === null || value.length === 0) return 'none';
  return typeof value === 'string' ? value : value.join(', ');
}
