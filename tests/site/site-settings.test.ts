import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rowsOf, type SettingsTable } from '../../lambda/site/setting.ts';
import { FEED_SETTINGS } from '../../lambda/site/site-feeds.ts';
import { PAGE_SETTINGS } from '../../lambda/site/site-pages.ts';
import { PODCAST_SETTINGS } from '../../lambda/site/site-podcast.ts';
import { SITE_SETTINGS } from '../../lambda/site/site-settings.ts';

/** Tables of a page of the documentation that begin with this line: the cells of every row. */
function tablesOf(page: string, head: string): readonly (readonly (readonly string[])[])[] {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  return text
    .split(`\n${head}\n`)
    .slice(1)
    .map((rest) => rest.split('\n\n', 1)[0]?.split('\n').slice(1) ?? [])
    .map((lines) =>
      lines.map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
    );
}

function namesIn(cell = ''): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

/** What the reference says: each name with what counts without it. */
function toldIn(rows: readonly (readonly string[])[]): readonly string[] {
  return rows.flatMap(([names, initial]) => namesIn(names).map((name) => `${name} | ${initial}`)).sort();
}

/** The same by the table of the settings. */
function settingsOf<Values extends object, Basis>(table: SettingsTable<Values, Basis>): readonly string[] {
  const rows = rowsOf(table).map(({ names, said, initial }) => ({ names, said: said ?? sayValue(initial) }));
  return rows.flatMap(({ names, said }) => names.map((name) => `${name} | ${said}`)).sort();
}

function sayValue(value: unknown): string {
  if (value === '') return 'empty';
  return typeof value === 'object' || value === undefined ? 'none' : `\`${value}\``;
}

describe('the reference of site.yaml', () => {
  const tables = tablesOf('site-yaml.md', '| setting | default | what it does |');
  const holds = (name: string) => (rows: (typeof tables)[number]) => rows.some(([names]) => namesIn(names)[0] === name);
  const ofFeeds = tables.filter(holds('withoutTags')).flat();
  const [pages = [], ...ofPages] = tables.filter(holds('pages')).flat();

  it('has every setting of the publication, with what counts without it', () => {
    const others = tables.filter((rows) => !holds('withoutTags')(rows) && !holds('pages')(rows)).flat();
    expect(toldIn([...others, pages])).toEqual(settingsOf(SITE_SETTINGS));
  });

  it('has every setting of a feed; its name stands in a list only', () => {
    expect(toldIn(ofFeeds.filter(([names]) => names !== '`name`'))).toEqual(settingsOf(FEED_SETTINGS));
  });

  it('has every setting of the pages', () => {
    expect(toldIn(ofPages)).toEqual(settingsOf(PAGE_SETTINGS));
  });

  it('says of each what it does, but for those of feeds that are named like those of the publication', () => {
    const silent = tables.flat().filter(([, , what]) => what === '');
    expect(silent.flatMap(([names]) => namesIn(names))).toEqual(['title', 'description']);
  });
});

describe('the reference of podcasts', () => {
  it('has every setting of a show', () => {
    const told = tablesOf('podcasts.md', '| setting | what it is |').flat();
    // Of two names that mean the same the shorter one is told.
    const names = rowsOf(PODCAST_SETTINGS).map((row) => row.names.toSorted((a, b) => a.length - b.length)[0]);
    expect(told.flatMap(([name]) => namesIn(name)).sort()).toEqual(names.sort());
    expect(told.filter(([, what]) => what === '')).toEqual([]);
  });
});
