import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildEntries, importInto, makeTrialFolder, namesIn, readWritten } from '../../../support/import-trial.ts';
import { zip } from '../../../support/zip.ts';

const HEAD = 'post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url';
const SECRET = 'vermilion-otter';

function exportOf(rows: readonly string[], posts: Readonly<Record<string, string>>) {
  return zip([
    { name: 'posts.csv', body: [HEAD, ...rows, ''].join('\n') },
    ...Object.entries(posts).map(([name, body]) => ({ name: `posts/${name}.html`, body })),
  ]);
}

async function importZip(bytes: Buffer, ...args: readonly string[]) {
  const folder = makeTrialFolder();
  const file = join(folder, 'export.zip');
  const out = join(folder, 'content');
  writeFileSync(file, bytes);
  return { ...(await importInto(out, file, ...args)), out };
}

const ADDRESS = ['--url', 'https://salt.substack.com/'];

describe('an export of Substack', () => {
  it('keeps the address that is the guid, the date, the subtitle and the sound', async () => {
    const { out, code } = await importZip(
      exportOf(
        [
          '1001.low-water,2026-02-01T08:00:00.000Z,true,,,podcast,everyone,"Low, water",What is left,https://cdn.example/a.mp3',
        ],
        {
          '1001.low-water':
            '<p>Mud.</p><div class="subscription-widget-wrap"><form><input></form></div><p class="button-wrapper"><a href="https://salt.substack.com/p/x?action=share">Share</a></p>',
        },
      ),
      ...ADDRESS,
    );
    expect(code).toBe(0);
    expect(readWritten(out).get('_posts/2026-02-01-low-water.html')).toBe(`---
title: "Low, water"
id: "https://salt.substack.com/p/low-water"
date: 2026-02-01T08:00:00Z
url: "/p/low-water"
summary: "What is left"
attachments: [{"url":"https://cdn.example/a.mp3","type":"audio/mpeg"}]
---
<p>Mud.</p>
`);
  });

  it('reads references in a subtitle, and leaves out a button that leads to comments', async () => {
    const { out } = await importZip(
      exportOf(['1001.low,2026-02-01T08:00:00.000Z,true,,,thread,everyone,Low,&#x201C;Mud&#x201D; &amp; 1 < 2,'], {
        '1001.low':
          '<p>Mud.</p><p class="button-wrapper"><a class="button primary" href="https://salt.substack.com/p/low/comments"><span>Leave a comment</span></a></p>',
      }),
      ...ADDRESS,
    );
    const text = readWritten(out).get('_posts/2026-02-01-low.html') ?? '';
    expect(text).not.toContain('comment');
    expect((await buildEntries(out)).get('Low')?.summary).toBe('“Mud” & 1 < 2');
  });

  it('publishes only what the list says was published for everyone', async () => {
    const row = (id: number, published: string, type: string, audience: string) =>
      `${id}.x,2026-02-01T08:00:00.000Z,${published},,,${type},${audience},${SECRET},${SECRET},`;
    const text = `<p>${SECRET}</p>`;
    const { out, printed } = await importZip(
      exportOf(
        [
          row(1001, 'false', 'newsletter', 'everyone'),
          row(1002, 'true', 'newsletter', 'only_paid'),
          row(1003, 'true', 'newsletter', 'founding'),
          row(1004, 'true', 'adhoc_email', 'everyone'),
          row(1005, 'true', 'newsletter', 'everyone'),
          '1006.open,2026-02-01T08:00:00.000Z,true,,,newsletter,everyone,Open,,',
          '1007.about,2026-02-01T08:00:00.000Z,true,,,page,everyone,About,,',
        ],
        {
          '1001.x': text,
          '1002.x': text,
          '1003.x': text,
          '1004.x': text,
          '1005.x': `<p>a</p><div class="paywall-jump"></div>${text}`,
          '1006.open': '<p>Open.</p>',
          '1007.about': '<p>About.</p>',
          '1008.unlisted': text,
        },
      ),
      ...ADDRESS,
    );
    expect([...readWritten(out)].flat().join('\n')).not.toContain(SECRET);
    expect([...(await buildEntries(out)).keys()]).toEqual(['Open']);
    expect(namesIn(out)).toEqual(['_content/about.html', '_posts/2026-02-01-open.html', 'site.yaml']);
    expect(printed).toContain('1 × for paying subscribers');
    expect(printed).toContain('1 × with a wall in the text');
  });

  it('is asked for the address of its site, and is refused where its list is broken', async () => {
    const row = '1001.x,2026-02-01T08:00:00.000Z,true,,,newsletter,everyone,T,,';
    const whole = exportOf([row], { '1001.x': '<p>a</p>' });
    expect((await importZip(whole)).noted).toContain('Name it: --url https://name.substack.com/');
    // The settings may name the new site by now, and the ids are made of the old one.
    const { out } = await importZip(whole, ...ADDRESS);
    expect((await importInto(out, join(out, '../export.zip'))).noted).toContain('Name it: --url');
    const open = await importZip(exportOf([row, '1002,"open'], {}), ...ADDRESS);
    expect([open.code, open.noted]).toEqual([3, expect.stringMatching(/posts\.csv:3: is no table/)]);
    const short = await importZip(exportOf(['1001.x,2026'], {}), ...ADDRESS);
    expect(short.noted).toMatch(/posts\.csv:2: has 2 cells, and the table 10 columns/);
  });

  it('may be a folder that was unpacked', async () => {
    const folder = makeTrialFolder();
    mkdirSync(join(folder, 'export/posts'), { recursive: true });
    writeFileSync(
      join(folder, 'export/posts.csv'),
      `${HEAD}\n1001.x,2026-02-01T08:00:00.000Z,true,,,newsletter,everyone,T,,\n`,
    );
    writeFileSync(join(folder, 'export/posts/1001.x.html'), '<p>a</p>');
    await importInto(join(folder, 'content'), join(folder, 'export'), ...ADDRESS);
    expect(namesIn(join(folder, 'content'))).toEqual(['_posts/2026-02-01-x.html', 'site.yaml']);
  });
});
