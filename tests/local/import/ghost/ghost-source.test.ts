import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildEntries, importInto, makeTrialFolder, namesIn, readWritten } from '../../../support/import-trial.ts';

const SECRET = 'vermilion-otter';

type Row = Readonly<Record<string, unknown>>;

function post(number: number, fields: Row = {}): Row {
  return {
    id: `65a0000000000000000000${String(number).padStart(2, '0')}`,
    uuid: '8b4a1f3e-0000-4000-8000-000000000000',
    comment_id: 'ffffffffffffffffffffffff',
    title: `Post ${number}`,
    slug: `post-${number}`,
    html: `<p>Text ${number}.</p>`,
    type: 'post',
    status: 'published',
    visibility: 'public',
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-02-01T08:00:00.000Z',
    published_at: '2026-02-01T08:00:00.000Z',
    ...fields,
  };
}

function exportOf(posts: readonly Row[], tables: Readonly<Record<string, readonly Row[]>> = {}): string {
  const settings = [
    { key: 'title', value: 'Salt & Tides' },
    { key: 'description', value: 'By the sea' },
  ];
  return JSON.stringify({
    db: [{ meta: { exported_on: 1, version: '6.65.0' }, data: { posts, settings, ...tables } }],
  });
}

async function importJson(json: string, ...args: readonly string[]) {
  const folder = makeTrialFolder();
  const file = join(folder, 'salt.ghost.json');
  const out = join(folder, 'content');
  writeFileSync(file, json);
  return { ...(await importInto(out, file, '--url', 'https://salt.example/', ...args)), out };
}

async function textOf(fields: Row): Promise<string> {
  const { out, noted } = await importJson(exportOf([post(1, fields)]));
  const article = readWritten(out).get('_posts/2026-02-01-post-1.html');
  if (article === undefined) throw new Error(`no article: ${noted}`);
  return article.split('---\n')[2]?.trim() ?? '';
}

describe('a post of Ghost', () => {
  it('keeps its id, and no other number, with all that its tables say', async () => {
    const { out, printed } = await importJson(
      exportOf(
        [
          post(1, {
            title: 'Low *water* & gulls',
            html: '<p><a href="__GHOST_URL__/post-2/">x</a></p>',
            updated_at: '2026-03-01T08:00:00.000Z',
            custom_excerpt: 'What is left',
            feature_image: '__GHOST_URL__/content/images/a.jpg',
            canonical_url: 'https://first.example/a/',
          }),
        ],
        {
          users: [
            { id: 'u1', name: 'Ana', email: 'ana@mail.example', password: '$2b$10$hash' },
            { id: 'u2', name: 'Bo', slug: 'bo' },
          ],
          posts_authors: [
            { post_id: '65a000000000000000000001', author_id: 'u1', sort_order: 1 },
            { post_id: '65a000000000000000000001', author_id: 'u2', sort_order: 0 },
          ],
          tags: [
            { id: 't1', name: 'Birds & Wings', slug: 'birds-wings', visibility: 'public' },
            { id: 't2', name: '#newsletter', slug: 'hash-newsletter', visibility: 'internal' },
          ],
          posts_tags: [
            { post_id: '65a000000000000000000001', tag_id: 't2', sort_order: 0 },
            { post_id: '65a000000000000000000001', tag_id: 't1', sort_order: 1 },
          ],
          posts_meta: [
            { post_id: '65a000000000000000000001', feature_image_alt: 'Mud', feature_image_caption: 'By <i>Ana</i>' },
          ],
        },
      ),
    );
    expect(readWritten(out).get('_posts/2026-02-01-post-1.html')).toBe(`---
title: "Low &#42;water&#42; &#38; gulls"
id: "65a000000000000000000001"
date: 2026-02-01T08:00:00Z
updated: 2026-03-01T08:00:00Z
url: "/post-1/"
authors: [{"name":"Bo"}, {"name":"Ana"}]
tags: ["Birds & Wings"]
summary: "What is left"
image: {"url":"https://salt.example/content/images/a.jpg","alt":"Mud","caption":"By Ana"}
---
<p><a href="https://salt.example/post-2/">x</a></p>
`);
    const entry = [...(await buildEntries(out)).values()][0];
    expect([entry?.id, entry?.title]).toEqual(['65a000000000000000000001', 'Low *water* & gulls']);
    // Ghost's feed links to the post itself, and its page is there.
    expect(entry?.url).toBe('https://salt.example/post-1/');
    expect(printed).toContain('https://first.example/a/ of post 65a000000000000000000001');
    const settings = readWritten(out).get('site.yaml');
    expect(settings).toContain('title: Salt & Tides\n');
    expect(settings).toContain(
      '  /rss/: /rss.xml\n  /feed/: /rss.xml\n  /tag/birds-wings/rss/: /tags/birds-wings/rss.xml\n',
    );
    expect(settings).toContain('  /author/bo/rss/: /authors/bo/rss.xml\n');
    expect(settings).toContain('  /author/bo/: /authors/bo/\n');
    expect([...readWritten(out)].flat().join('\n')).not.toMatch(
      /mail\.example|\$2b\$|hash-newsletter|ffffffff|8b4a1f3e/,
    );
  });

  it('that was not public names none of its tags and authors in the settings', async () => {
    const rows = (column: string, ids: readonly string[]) =>
      ids.map((id, index) => ({ post_id: post(index + 1).id, [column]: id, sort_order: 0 }));
    const { out } = await importJson(
      exportOf([post(1), post(2, { visibility: 'members' }), post(3, { status: 'draft' }), post(4, { type: 'page' })], {
        tags: ['open', 'vermilion', 'otter', 'page'].map((slug) => ({
          id: slug,
          name: slug,
          slug,
          visibility: 'public',
        })),
        posts_tags: rows('tag_id', ['open', 'vermilion', 'otter', 'page']),
        users: ['ana', 'held', 'secret', 'admin'].map((slug) => ({ id: slug, name: slug, slug })),
        posts_authors: rows('author_id', ['ana', 'held', 'secret', 'admin']),
      }),
    );
    const settings = readWritten(out).get('site.yaml') ?? '';
    expect(settings).toContain('  /tag/open/feed/: /tags/open/rss.xml\n');
    expect(settings).toContain('  /author/ana/feed/: /authors/ana/rss.xml\n');
    expect(settings).not.toMatch(/vermilion|otter|held|secret|admin|\/page\//);
  });

  it('of an old version has its uuid as id, and a date in milliseconds', async () => {
    const old = {
      id: 7,
      uuid: '8b4a1f3e-1111-4000-8000-000000000000',
      page: 0,
      type: undefined,
      visibility: undefined,
    };
    const { out } = await importJson(
      exportOf([post(1, { ...old, published_at: Date.UTC(2014, 4, 6), updated_at: null })]),
    );
    const entry = (await buildEntries(out)).get('Post 1');
    expect([entry?.id, entry?.date_published]).toEqual([
      '8b4a1f3e-1111-4000-8000-000000000000',
      '2014-05-06T00:00:00Z',
    ]);
  });

  it('is not imported unless everybody could read it, and not a word of it is written', async () => {
    const hidden = { title: SECRET, html: `<p>${SECRET}</p>`, custom_excerpt: SECRET, slug: SECRET, plaintext: SECRET };
    const mailOnly = post(9, hidden);
    const { out, printed } = await importJson(
      exportOf(
        [
          post(1, { ...hidden, status: 'draft' }),
          post(2, { ...hidden, status: 'scheduled' }),
          post(3, { ...hidden, status: 'sent' }),
          post(4, { ...hidden, visibility: 'members' }),
          post(5, { ...hidden, visibility: 'paid' }),
          post(6, { ...hidden, visibility: 'tiers' }),
          post(7, { ...hidden, visibility: 'label:vip' }),
          post(8, { ...hidden, type: 'page', status: 'draft' }),
          mailOnly,
          post(10, {
            title: 'Open',
            html: `<p>a</p><!--kg-gated-block:begin nonMember:false memberSegment:"status:free" --><p>${SECRET}</p><!--kg-gated-block:end--><!--kg-gated-block:begin nonMember:true memberSegment:"" --><p>b</p><!--kg-gated-block:end--><!--members-only--><p>c</p><div class="kg-card kg-email-card"><p>${SECRET}</p></div>`,
          }),
        ],
        { posts_meta: [{ post_id: mailOnly.id, email_only: true }] },
      ),
    );
    expect([...readWritten(out)].flat().join('\n')).not.toContain(SECRET);
    expect((await buildEntries(out)).get('Open')?.content_html).toBe('<p>a</p><p>b</p><p>c</p>');
    expect(namesIn(out)).toEqual(['_posts/2026-02-01-post-10.html', 'site.yaml']);
    for (const why of [
      '2 × draft',
      '1 × scheduled',
      '2 × sent by mail only',
      '1 × for members',
      '1 × for paying members',
      '2 × for some members',
    ]) {
      expect(printed).toContain(`  ${why}\n`);
    }
  });
});

describe('a text of Ghost', () => {
  it('has its cards without what only Ghost’s own page can use', async () => {
    const cards: readonly (readonly [string, string])[] = [
      [
        '<div class="kg-card kg-audio-card"><img class="kg-audio-thumbnail kg-audio-hide"><div class="kg-audio-player-container"><audio src="/content/media/a.mp3" preload="metadata"></audio><div class="kg-audio-title">Fog</div><div class="kg-audio-player"><button class="kg-audio-play-icon"><svg></svg></button><span class="kg-audio-current-time">0:00</span><button class="kg-audio-playback-rate">1&#215;</button></div></div></div>',
        '<figure><audio controls src="https://salt.example/content/media/a.mp3"></audio><figcaption>Fog</figcaption></figure>',
      ],
      [
        '<figure class="kg-card kg-video-card" data-kg-thumbnail="/t.jpg"><div class="kg-video-container"><video src="/v.mp4" poster="https://img.spacergif.org/v1/1x1/0a/spacer.png" width="640" height="480"></video><div class="kg-video-overlay"><button><svg></svg></button></div><div class="kg-video-player"><span>0:00</span></div></div><figcaption>A <b>film</b></figcaption></figure>',
        '<figure><video controls src="https://salt.example/v.mp4" poster="https://salt.example/t.jpg" width="640" height="480"></video><figcaption>A <b>film</b></figcaption></figure>',
      ],
      [
        '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://x.example/"><div class="kg-bookmark-content"><div class="kg-bookmark-title">X</div><div class="kg-bookmark-description">About x</div><div class="kg-bookmark-metadata"><img class="kg-bookmark-icon" src="/i.ico"><span class="kg-bookmark-author">Site</span><span class="kg-bookmark-publisher">Ana</span></div></div><div class="kg-bookmark-thumbnail"><img src="/t.png"></div></a></figure>',
        '<figure><p><a href="https://x.example/">X</a> (Site, Ana)</p><p>About x</p></figure>',
      ],
      [
        '<div class="kg-card kg-callout-card kg-callout-card-blue"><div class="kg-callout-emoji">💡</div><div class="kg-callout-text">Mind <b>this</b></div></div>',
        '<aside><p>💡 Mind <b>this</b></p></aside>',
      ],
      [
        '<div class="kg-card kg-toggle-card" data-kg-toggle-state="close"><div class="kg-toggle-heading"><h4 class="kg-toggle-heading-text">More</h4><button class="kg-toggle-card-icon"><svg></svg></button></div><div class="kg-toggle-content"><p>Inside</p></div></div>',
        '<details><summary>More</summary><p>Inside</p></details>',
      ],
      [
        '<div class="kg-card kg-file-card"><a class="kg-file-card-container" href="/content/files/a.pdf" title="Download"><div class="kg-file-card-contents"><div class="kg-file-card-title">Table</div><div class="kg-file-card-caption">Of tides</div><div class="kg-file-card-metadata"><div class="kg-file-card-filename">a.pdf</div><div class="kg-file-card-filesize">2 KB</div></div></div><div class="kg-file-card-icon"><svg><title>download-circle</title></svg></div></a></div>',
        '<p><a href="https://salt.example/content/files/a.pdf">Table</a> (a.pdf, 2 KB)</p><p>Of tides</p>',
      ],
      ['<div class="kg-card kg-signup-card"><form><input></form></div>', ''],
      ['<!--kg-card-begin: html--><div>own</div><!--kg-card-end: html-->', '<div>own</div>'],
    ];
    for (const [card, shown] of cards) expect(await textOf({ html: `<p>x</p>${card}` })).toBe(`<p>x</p>${shown}`);
  });

  it('is made of Lexical or Mobiledoc where there is no HTML', async () => {
    const lexical = JSON.stringify({
      root: {
        children: [
          {
            type: 'paragraph',
            children: [
              { type: 'extended-text', text: 'a <b> ', format: 0 },
              { type: 'extended-text', text: 'c', format: 3 },
              { type: 'link', url: 'https://x.example/', children: [{ type: 'text', text: 'd', format: 0 }] },
            ],
          },
          {
            type: 'list',
            tag: 'ol',
            start: 3,
            children: [{ type: 'listitem', children: [{ type: 'text', text: 'e', format: 16 }] }],
          },
          { type: 'image', src: '__GHOST_URL__/a.jpg', alt: 'f', caption: 'g' },
          { type: 'codeblock', code: 'h < i', language: 'js' },
          { type: 'horizontalrule' },
        ],
      },
    });
    expect(await textOf({ html: null, lexical })).toBe(
      '<p>a &lt;b&gt; <strong><em>c</em></strong><a href="https://x.example/">d</a></p><ol start="3"><li><code>e</code></li></ol><figure><img src="https://salt.example/a.jpg" alt="f"><figcaption>g</figcaption></figure><pre><code class="language-js">h &lt; i</code></pre><hr>',
    );
    const mobiledoc = JSON.stringify({
      version: '0.3.1',
      markups: [['strong'], ['a', ['href', 'https://x.example/']]],
      atoms: [['soft-return', '', {}]],
      cards: [
        ['image', { src: '/a.jpg', alt: 'f' }],
        ['markdown', { markdown: '## h' }],
        ['hr', {}],
      ],
      sections: [
        [
          1,
          'p',
          [
            [0, [], 0, 'a '],
            [0, [0, 1], 2, 'b'],
            [1, [], 0, 0],
            [0, [], 0, 'c'],
          ],
        ],
        [3, 'ul', [[[0, [], 0, 'd']]]],
        [10, 0],
        [10, 1],
        [10, 2],
      ],
    });
    expect(await textOf({ html: null, mobiledoc })).toBe(
      '<p>a <strong><a href="https://x.example/">b</a></strong><br>c</p><ul><li>d</li></ul><figure><img src="https://salt.example/a.jpg" alt="f"></figure><h2>h</h2>\n<hr>',
    );
  });
});

describe('an export of Ghost', () => {
  it('is asked for its address, and refused with line and column where it is broken', async () => {
    const folder = makeTrialFolder();
    const file = join(folder, 'g.json');
    const whole = exportOf([post(1)]);
    writeFileSync(file, whole);
    expect(await importInto(join(folder, 'o'), file)).toMatchObject({
      code: 3,
      noted: expect.stringContaining('Name it: --url https://example.org/'),
    });
    expect((await importJson(whole.slice(0, -9))).noted).toMatch(
      /salt\.ghost\.json:1:\d+: ends here, in the middle: the file was cut off/,
    );
    expect((await importJson(whole.replace('"posts":[', '"posts":[\n,'))).noted).toMatch(
      /salt\.ghost\.json:2:1: is no JSON from here on/,
    );
  });

  it('may have its pictures beside it, which keep their paths', async () => {
    const folder = makeTrialFolder();
    mkdirSync(join(folder, 'export/content/images/2026'), { recursive: true });
    writeFileSync(
      join(folder, 'export/data.json'),
      exportOf([post(1, { html: '<img src="__GHOST_URL__/content/images/2026/mar---baixa.jpg">' })]),
    );
    writeFileSync(join(folder, 'export/content/images/2026/mar---baixa.jpg'), 'JPEG');
    const out = join(folder, 'out');
    await importInto(out, join(folder, 'export'), '--url', 'https://salt.example/');
    expect(namesIn(out)).toEqual(['_posts/2026-02-01-post-1.html', 'content/images/2026/mar---baixa.jpg', 'site.yaml']);
  });
});
