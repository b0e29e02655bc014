import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importInto, makeTrialFolder, namesIn } from '../../../support/import-trial.ts';
import { wxr } from '../../../support/wxr.ts';
import { type ZipEntry, zip } from '../../../support/zip.ts';

const POSTS: ZipEntry = {
  name: 'export/posts.xml',
  body: wxr({ id: 1, title: 'A', content: '<p><img src="https://salt.example/wp-content/uploads/a.png"></p>' }),
};

async function importZip(bytes: Buffer) {
  const folder = makeTrialFolder();
  writeFileSync(join(folder, 'export.zip'), bytes);
  return { ...(await importInto(join(folder, 'content'), join(folder, 'export.zip'))), folder };
}

describe('an archive', () => {
  it('is read where it lies, with the pictures that are in it', async () => {
    const { folder, code } = await importZip(
      zip([
        POSTS,
        { name: 'export/wp-content/uploads/a.png', body: 'PNG' },
        { name: '__MACOSX/._posts.xml', body: 'x' },
      ]),
    );
    expect(code).toBe(0);
    expect(namesIn(join(folder, 'content'))).toEqual([
      '_posts/2026-07-04-post-1.html',
      'site.yaml',
      'wp-content/uploads/a.png',
    ]);
  });

  it('is refused where it is not what it seems, and nothing is written anywhere', async () => {
    const cases: readonly (readonly [Buffer, RegExp])[] = [
      [zip([POSTS, { name: '../outside\u001b[31m.png', body: 'x' }]), /can't be unpacked: .*\.\.\/outside\[31m\.png/],
      [zip([POSTS, { name: '/etc/outside.png', body: 'x' }]), /can't be unpacked: .*\/etc\/outside\.png/],
      [
        zip([POSTS, { name: 'bomb.png', body: 'x', statedSize: 1_000_000_000 }]),
        /would unpack to more than 200 times its size/,
      ],
      [zip([{ ...POSTS, statedSize: 100 }]), /can't be unpacked: too many bytes/],
      [zip([{ ...POSTS, flags: 0x0801 }]), /is locked with a password/],
      [zip([POSTS]).subarray(0, -40), /can't be unpacked/],
    ];
    for (const [bytes, message] of cases) {
      const { noted, code, folder } = await importZip(bytes);
      expect(noted).toMatch(message);
      expect(noted).not.toContain('\u001b');
      expect(code).toBe(3);
      expect(readdirSync(folder)).toEqual(['export.zip']);
      expect(readdirSync(join(folder, '..'))).not.toContain('outside.png');
    }
  });

  it('can’t put a file where it would be an article, a setting or hidden', async () => {
    const content = ['site.yaml', '.takedowns.json', 'a.html', '%2e%2e/b.png', '.c/d.png', 'rss.xml', '_posts/e.txt']
      .map((path) => `<img src="https://salt.example/${path}">`)
      .join('');
    const names = ['site.yaml', '.takedowns.json', 'a.html', '.c/d.png', 'rss.xml', '_posts/e.txt'];
    const { folder } = await importZip(
      zip([{ name: 'posts.xml', body: wxr({ id: 1, content }) }, ...names.map((name) => ({ name, body: 'x' }))]),
    );
    expect(namesIn(join(folder, 'content'))).toEqual(['_posts/2026-07-04-post-1.html', 'site.yaml']);
  });
});
