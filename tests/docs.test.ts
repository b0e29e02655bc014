/** The docs name what is there: links lead to files and headings, and every decision has its row. */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../local/cli/arguments/command-line.ts';
import { COMMANDS } from '../local/cli/arguments/command-table.ts';

const ROOT = new URL('../', import.meta.url);

/** Every page of the project that people read on its own, but for the sample's articles and the changelog. */
const PAGES = [
  ...readdirSync(ROOT).filter((name) => /^[A-Z]+\.md$/.test(name) && name !== 'CHANGELOG.md'),
  ...readdirSync(new URL('docs', ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'content/README.md',
  'findings/README.md',
  'tests/simulation/README.md',
];

/** Without blocks of code and without code that shows a link: what stands there leads nowhere. */
function readPage(path: string): string {
  const text = readFileSync(new URL(path, ROOT), 'utf8');
  return text.replace(/^```[\s\S]*?^```|^ {4}.*$/gm, '').replace(/`[^`\n]*\]\([^`\n]*`/g, '');
}

/** Ids of headings as GitHub makes them. */
function headingIds(path: string): readonly string[] {
  return [...readPage(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe.each(PAGES)('%s', (page) => {
  const links = [...readPage(page).matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));

  it('has links that lead to what is there', () => {
    const dead = links.filter((link) => {
      const [path = '', fragment = ''] = link.split('#');
      const target = path === '' ? page : posix.join(posix.dirname(page), path);
      if (!existsSync(new URL(target, ROOT))) return true;
      return fragment !== '' && target.endsWith('.md') && !headingIds(target).includes(fragment);
    });
    expect(dead).toEqual([]);
  });
});

describe('docs/commands.md', () => {
  it('has a row for every command', () => {
    const rows = readPage('docs/commands.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    const missing = Object.keys(COMMANDS).filter(
      (name) => !rows.some((row) => new RegExp(`\`${name}[\`\\s]`).test(row)),
    );
    expect(missing).toEqual([]);
  });
});

describe.each(PAGES.filter((page) => /^docs\/(?:coming-from|moving)/.test(page)))('the commands of %s', (page) => {
  const text = readFileSync(new URL(page, ROOT), 'utf8');
  const typed = [...text.matchAll(/npm run -s feedwright -- ([^`\n]+)/g)].map(([, line = '']) => line.split(' '));

  it('are ones that the program takes, and name feeds and folders in their places', () => {
    for (const line of typed) {
      const command = parseCommandLine(line, {});
      if (command.kind === 'adopt') for (const feed of command.feeds) expect(feed, line.join(' ')).toMatch(/^https:/);
    }
  });
});

describe('docs/pictures', () => {
  it('are at most 150 kB each', () => {
    const pictures = readdirSync(new URL('docs/pictures', ROOT));
    const large = pictures.filter((name) => statSync(new URL(`docs/pictures/${name}`, ROOT)).size > 150_000);
    expect(large).toEqual([]);
  });
});

describe('what CONTRIBUTING.md and the architecture name', () => {
  const ROOMS = 'bin|content|docs|findings|lambda|lib|local|tests|tools';
  const NAMED = new RegExp(`\`((?:${ROOMS})/[\\w./-]+)\`( \\(new\\))?`, 'g');

  it.each(PAGES.filter((page) => page === 'CONTRIBUTING.md' || page.startsWith('docs/architecture/')))(
    'is there: %s',
    (page) => {
      const named = [...readPage(page).matchAll(NAMED)].flatMap(([, path = '', isNew]) =>
        isNew === undefined ? [path] : [],
      );
      expect(named.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
    },
  );

  it('of a new file has others beside it of the same kind', () => {
    const made = [...readPage('CONTRIBUTING.md').matchAll(NAMED)].filter(([, , isNew]) => isNew !== undefined);
    expect(made.length).toBeGreaterThan(5);
    for (const [, path = ''] of made) {
      const folder = posix.dirname(path);
      const known = [folder, posix.dirname(folder)].some((each) => existsSync(new URL(each, ROOT)));
      expect(known, path).toBe(true);
    }
  });
});

describe('docs/decisions/README.md', () => {
  const text = readPage('docs/decisions/README.md');

  it('has a row for every decision, in order, with its number and title', () => {
    const decisions = readdirSync(new URL('docs/decisions', ROOT)).filter((name) => /^\d{3}-/.test(name));
    const expected = decisions.sort().map((name) => {
      const [, number = '', title = ''] = /^# (\d{3}): (.+)$/m.exec(readPage(`docs/decisions/${name}`)) ?? [];
      return `| ${number} | [${title}](${name}) |`;
    });
    const rows = text.split('\n').filter((line) => /^\| \d{3} \|/.test(line));
    expect(rows.map((row) => row.slice(0, row.lastIndexOf(' | ') + 2))).toEqual(expected);
  });

  it('names the decision that overrules another', () => {
    const overruled = text.split('\n').filter((line) => line.includes('overruled'));
    expect(overruled.length).toBeGreaterThan(0);
    for (const line of overruled) expect(line).toMatch(/overruled by \[\d{3}\]\(\d{3}-/);
  });
});
