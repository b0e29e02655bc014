import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildEntries, importInto, makeTrialFolder, readWritten } from '../../../support/import-trial.ts';
import { zip } from '../../../support/zip.ts';

const SECRET = 'vermilion-otter';

function page({
  title,
  hash,
  canonical,
}: {
  readonly title: string;
  readonly hash: string;
  readonly canonical: string | null;
}): string {
  const end =
    canonical === null
      ? ''
      : `<footer><p>By <a href="https://medium.com/@ana" class="p-author h-card">Ana</a> on <a href="https://medium.com/p/${hash}"><time class="dt-published" datetime="2024-05-06T07:08:09.123Z">May 6, 2024</time></a>.</p><p><a href="${canonical}" class="p-canonical">Canonical link</a></p></footer>`;
  return `<!DOCTYPE html><html><head><title>${title}</title></head><body><article class="h-entry"><header><h1 class="p-name">${title}</h1></header><section data-field="subtitle" class="p-summary">Mud and gulls</section><section data-field="body" class="e-content"><section name="a1" class="section section--body section--first"><div class="section-divider"><hr class="section-divider"></div><div class="section-content"><div class="section-inner sectionLayout--insetColumn"><h3 name="t" class="graf graf--h3 graf--title">${title}</h3><p name="6e92" id="6e92" class="graf graf--p">Text of ${title}.</p><figure class="graf graf--figure"><img src="https://cdn-images-1.medium.com/max/800/x.jpeg"><figcaption class="imageCaption">Mud</figcaption></figure></div></div></section></section>${end}</article></body></html>`;
}

async function importZip(entries: Parameters<typeof zip>[0]) {
  const folder = makeTrialFolder();
  const file = join(folder, 'medium.zip');
  const out = join(folder, 'content');
  writeFileSync(file, zip(entries));
  return { ...(await importInto(out, file, '--url', 'https://salt.example/')), out };
}

describe('an export of Medium', () => {
  it('keeps the guid of its feeds, the author, the date and the pictures’ captions', async () => {
    const { out } = await importZip([
      {
        name: 'posts/2024-05-06_Low-water-0a1b2c3d4e5f.html',
        body: page({
          title: 'Low water',
          hash: '0a1b2c3d4e5f',
          canonical: 'https://medium.com/@ana/low-water-0a1b2c3d4e5f',
        }),
      },
    ]);
    expect([...readWritten(out)].find(([name]) => name.startsWith('_posts/'))).toEqual([
      '_posts/2024-05-06-low-water.html',
      `---
title: "Low water"
id: "https://medium.com/p/0a1b2c3d4e5f"
date: 2024-05-06T07:08:09.123Z
authors: [{"name":"Ana","url":"https://medium.com/@ana"}]
summary: "Mud and gulls"
---
<p class="graf graf--p">Text of Low water.</p>` +
        '<figure class="graf graf--figure"><img src="https://cdn-images-1.medium.com/max/800/x.jpeg"><figcaption class="imageCaption">Mud</figcaption></figure>\n',
    ]);
    expect((await buildEntries(out)).get('Low water')?.id).toBe('https://medium.com/p/0a1b2c3d4e5f');
    expect(readWritten(out).get('site.yaml')).toContain('  /feed/: /rss.xml\n');
  });

  it('takes the number of a post from its own footer, not from a link in its text, and tells of what may be a response', async () => {
    const body = page({ title: 'Aye', hash: '00aa11bb22cc', canonical: 'https://medium.com/@ana/00aa11bb22cc' })
      .replace('Text of Aye.', 'As in <a href="https://medium.com/p/ffffffffffff">another</a>.')
      .replace(/<h3.*?<\/h3>|<figure.*?<\/figure>/g, '');
    const { out, printed } = await importZip([{ name: 'posts/aye.html', body }]);
    expect([...readWritten(out).values()].join('')).toContain('id: "https://medium.com/p/00aa11bb22cc"');
    expect(printed).toContain('may be your responses');
  });

  it('brings no draft, and nothing that it holds about the person', async () => {
    const { out, printed } = await importZip([
      {
        name: 'posts/draft_Secret-aaaaaaaaaaaa.html',
        body: page({ title: SECRET, hash: 'aaaaaaaaaaaa', canonical: null }),
      },
      {
        name: 'posts/2024-05-06_Low-water-0a1b2c3d4e5f.html',
        body: page({
          title: 'Low water',
          hash: '0a1b2c3d4e5f',
          canonical: 'https://salt.example/low-water-0a1b2c3d4e5f',
        }),
      },
      { name: 'ips/ips-1.html', body: `<p>${SECRET}</p>` },
    ]);
    expect([...readWritten(out)].flat().join('\n')).not.toContain(SECRET);
    expect((await buildEntries(out)).get('Low water')?.url).toBe('https://salt.example/low-water-0a1b2c3d4e5f/');
    expect(printed).toContain('1 × draft');
  });
});
