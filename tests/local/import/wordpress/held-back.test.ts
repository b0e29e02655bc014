import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildEntries, importInto, makeTrialFolder, namesIn, readWritten } from '../../../support/import-trial.ts';
import { type WxrFields, wxr, wxrMeta } from '../../../support/wxr.ts';

async function importXml(xml: string | Buffer, ...args: readonly string[]) {
  const folder = makeTrialFolder();
  const file = join(folder, 'export.xml');
  const out = join(folder, 'content');
  writeFileSync(file, xml);
  return { ...(await importInto(out, file, ...args)), out };
}

describe('what was not public in WordPress', () => {
  const SECRET = 'vermilion-otter';
  const word = (name: string) => `${SECRET}-${name}`;
  const hidden = (id: number, fields: Partial<WxrFields>): WxrFields => ({
    id,
    title: word(`title-${id}`),
    content: `<p>${word(`text-${id}`)}</p>`,
    excerpt: word(`excerpt-${id}`),
    name: word(`name-${id}`),
    more: `<category domain="post_tag" nicename="x"><![CDATA[${word(`tag-${id}`)}]]></category>`,
    ...fields,
  });
  const zero = { dateGmt: '0000-00-00 00:00:00', link: 'https://salt.example/?p=9' };
  const privateItems: readonly WxrFields[] = [
    hidden(1, { password: word('password') }),
    hidden(2, { status: 'draft', ...zero }),
    hidden(3, { status: 'pending', ...zero }),
    hidden(4, { status: 'private' }),
    hidden(5, { status: 'future', date: '2030-01-01 00:00:00', dateGmt: '2030-01-01 00:00:00' }),
    hidden(6, { status: 'trash' }),
    hidden(7, { status: 'archived-by-plugin' }),
    hidden(8, { more: wxrMeta('_jetpack_newsletter_access', 'paid_subscribers') }),
    hidden(9, { type: 'page', status: 'draft' }),
  ];
  const open: WxrFields = {
    id: 20,
    title: 'Open',
    content: `<!-- wp:paragraph --><p>Open text.</p><!-- /wp:paragraph --><!-- wp:premium-content/container --><!-- wp:premium-content/subscriber-view --><p>${word('block')}</p><!-- /wp:premium-content/subscriber-view --><!-- /wp:premium-content/container --><!-- wp:paragraph {"metadata":{"blockVisibility":false}} --><p>${word('invisible')}</p><!-- /wp:paragraph --><p>[restrict paid="true"]${word('shortcode')}[/restrict]</p><!-- wp:jetpack/paywall /--><!-- wp:paragraph --><p>${word('wall')}</p><!-- /wp:paragraph -->`,
    more: `<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>x</wp:comment_author><wp:comment_author_email>${word('mail')}@mail.example</wp:comment_author_email><wp:comment_content>${word('comment')}</wp:comment_content><wp:comment_approved>0</wp:comment_approved></wp:comment>${wxrMeta('note_to_self', word('meta'))}`,
  };

  it('is counted and named, and not a word of it is written anywhere', async () => {
    const { out, code, printed } = await importXml(wxr(...privateItems, open));
    expect(code).toBe(0);
    expect(namesIn(out)).toEqual(['_posts/2026-07-04-post-20.html', 'site.yaml']);
    const written = [...readWritten(out)].flat().join('\n');
    expect(written).toContain('Open text.');
    expect(written).not.toContain(SECRET);
    expect(written).not.toContain('mail.example');
    for (const why of [
      'with a password',
      'draft',
      'pending',
      'private',
      'scheduled',
      'in the trash',
      'of status “archived-by-plugin”',
      'for subscribers',
    ]) {
      expect(printed).toMatch(new RegExp(` × ${why}\\n`));
    }
    expect(readWritten(out).get('.feedwright-import.txt')).toContain('post 4');
    expect([...(await buildEntries(out)).keys()]).toEqual(['Open']);
  });

  it('comes in as drafts where that was asked for, without its passwords, and no build publishes it', async () => {
    const { out } = await importXml(wxr(...privateItems, open), '--drafts');
    expect(namesIn(out).filter((name) => name.startsWith('_drafts/'))).toHaveLength(privateItems.length);
    expect([...readWritten(out).values()].join('\n')).not.toContain(word('password'));
    expect([...(await buildEntries(out)).keys()]).toEqual(['Open']);
  });

  it('stays out where one part of an export has it as public and another does not, whichever comes first', async () => {
    const folder = makeTrialFolder();
    const [open, closed] = [join(folder, 'open.xml'), join(folder, 'closed.xml')];
    writeFileSync(open, wxr({ id: 1, content: SECRET }));
    writeFileSync(closed, wxr({ id: 1, content: SECRET, password: 'x' }));
    for (const [index, parts] of [
      [open, closed],
      [closed, open],
    ].entries()) {
      const out = join(folder, String(index));
      await importInto(out, ...parts);
      expect(namesIn(out)).toEqual(['site.yaml']);
    }
  });

  it('leaves the folder when it was public at the last import, unless somebody edited it', async () => {
    const folder = makeTrialFolder();
    const [file, out] = [join(folder, 'e.xml'), join(folder, 'content')];
    writeFileSync(file, wxr({ id: 1, title: 'A' }, { id: 2, title: 'B' }));
    await importInto(out, file);
    writeFileSync(join(out, '_posts/2026-07-04-post-2.html'), '---\ntitle: Mine\n---\nMine.\n');
    writeFileSync(file, wxr({ id: 1, title: 'A', status: 'private' }, { id: 2, title: 'B', status: 'private' }));
    const { printed } = await importInto(out, file);
    expect(namesIn(out)).toEqual(['_posts/2026-07-04-post-2.html', 'site.yaml']);
    expect(printed).toContain('1 × posts that are not public any more: their files were removed');
    expect(printed).toContain('1 × posts that are not public any more, whose files were edited since');
  });
});
