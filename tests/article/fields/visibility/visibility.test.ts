import { describe, expect, it } from 'vitest';
import { parseArticles } from '../../../../lambda/article/parse.ts';
import type { Article } from '../../../../lambda/model/article.ts';
import { ARTICLE_BYTES_MAX } from '../../../../lambda/model/article-limits.ts';
import type { Site } from '../../../../lambda/model/site.ts';
import { codesOf, parseOne, parseText, TEST_SITE, withFields } from '../../article-file.ts';

function article(...lines: readonly string[]): Article {
  return parseOne('a.md', withFields(...lines));
}

function codes(...lines: readonly string[]): readonly string[] {
  return codesOf(parseText('a.md', withFields(...lines)));
}

/** The words that are not known, of an article with these lines. */
function unknown(...lines: readonly string[]): readonly string[] {
  return article(...lines).unknownStates.map(({ word }) => word);
}

describe('visibility', () => {
  it.each([
    ['title: A', 'published'],
    ['draft: true', 'draft'],
    ['draft: True', 'draft'],
    ['draft: "true"', 'draft'],
    ['draft: yes', 'draft'],
    ['draft: "1"', 'draft'],
    ['draft: on', 'draft'],
    ['draft: false', 'published'],
    ['draft: "no"', 'published'],
    ['draft:', 'published'],
    ['isDraft: true', 'draft'],
    ['private: true', 'draft'],
    ['private: false', 'published'],
    ['published: false', 'draft'],
    ['published: "false"', 'draft'],
    ['published: 0', 'draft'],
    ['published: no', 'draft'],
    ['published: true', 'published'],
    ['published: 2021-04-07', 'published'],
    ['published: draft', 'draft'],
    ['publish: false', 'draft'],
    ['publish: never', 'draft'],
    ['publish: 7 April 2021', 'published'],
    ['dg-publish: false', 'draft'],
    ['public: false', 'draft'],
    ['isPublished: no', 'draft'],
    ['hidden: true', 'hidden'],
    ['is_hidden: true', 'hidden'],
    ['unlisted: true', 'hidden'],
    ['visible: false', 'draft'],
    ['_discoverable: no', 'hidden'],
    ['eleventyExcludeFromCollections: true', 'hidden'],
    ['post_password: x', 'draft'],
    ['password: false', 'published'],
    ['encrypted: true', 'draft'],
    ['wip: true', 'draft'],
    ['wip: boats', 'published'],
    ['entwurf: true', 'draft'],
    ['下書き: yes', 'draft'],
    ['veröffentlicht: false', 'draft'],
    ['公開: no', 'draft'],
    ['live: false', 'draft'],
    ['live: https://tides.example/stream', 'published'],
    ['ready: no', 'draft'],
    ['statut: brouillon', 'draft'],
    ['estado: Oregon', 'published'],
    ['donotpublish: yes', 'draft'],
    ['premium: true', 'draft'],
    ['render: false', 'draft'],
    ['routable: false', 'draft'],
    ['enabled: false', 'draft'],
    ['headless: true', 'draft'],
    ['permalink: false', 'draft'],
    ['permalink: { build: false }', 'draft'],
    ['permalink: { build: /a/ }', 'published'],
    ['permalink: /no/', 'published'],
    ['url: false', 'draft'],
    ['type: draft', 'draft'],
    ['type: review', 'published'],
    ['build: {list: never}', 'hidden'],
    ['build: {list: local}', 'hidden'],
    ['_build: {render: false, list: false}', 'draft'],
    ['build: {render: always}', 'published'],
    ['access: members-only', 'draft'],
    ['access: by boat', 'published'],
    ['audience: only_paid', 'draft'],
    ['audience: beginners', 'published'],
    ['privacy: unlisted', 'hidden'],
    ['classification: internal', 'draft'],
    ['Published?: no', 'draft'],
    ['🔒 Private: yes', 'draft'],
    ['Ready to publish?: no', 'draft'],
  ])('of “%s” is %s', (line, visibility) => {
    expect(article(line).visibility).toBe(visibility);
  });

  it.each(['_drafts/a.md', 'posts/_drafts/a.md', 'Drafts/a.md', 'posts/[draft] a.md', 'a.draft.md', 'posts/#a.md'])(
    'of %s is that of a draft',
    (key) => {
      expect(parseOne(key, 'Text.').visibility).toBe('draft');
      expect(parseOne(key, withFields('draft: false')).visibility).toBe('published');
    },
  );

  it.each([
    'posts/trip.sync-conflict-20260401-101500-K3B7Q2D.md',
    'posts/trip (conflicted copy).md',
    'posts/trip (Ann Lee’s conflicted copy 2026-04-01).md',
    'posts/trip (conflicted copy 2026-04-01 101500).md',
    'posts/trip_conflict-20260401-101500.md',
    'posts/trip_REMOTE_4711.md',
    'posts/~trip.md',
    'posts/~$trip.md',
    'posts/trip~.md',
    'posts/trip.bak.md',
  ])('of %s is that of a copy that nobody wrote', (key) => {
    expect(parseOne(key, withFields('draft: false')).visibility).toBe('draft');
  });

  it.each([
    'posts/conflict-20260401.md',
    'posts/trip (copy).md',
    'posts/trip_remote_work.md',
    'posts/a conflicted copy.md',
  ])('of %s is that of an article', (key) => {
    expect(parseOne(key, withFields('draft: false')).visibility).toBe('published');
  });

  it('is the strictest of what several fields say', () => {
    expect(article('status: published', 'visibility: members').visibility).toBe('draft');
    expect(article('draft: false', 'private: true').visibility).toBe('draft');
    expect(article('draft: false', 'isDraft: true').visibility).toBe('draft');
    expect(article('hidden: true', 'draft: true').visibility).toBe('draft');
  });

  it('in a folder of private files is that of a draft, unless they say that they are not private', () => {
    for (const lines of [[], ['draft: false']]) {
      expect(parseOne('notes/Private/a.md', withFields(...lines)).visibility).toBe('draft');
    }
    expect(parseOne('private/a.md', withFields('private: false')).visibility).toBe('published');
    expect(parseOne('_drafts/a.md', withFields('private: false')).visibility).toBe('draft');
  });

  it('is that of no other file or folder of such a name', () => {
    for (const key of ['drafts.md', 'nfl-drafts/a.md', 'draft/a.md', 'the [draft] of 2021.md', 'a.draft-two.md']) {
      expect(parseOne(key, 'Text.').visibility).toBe('published');
    }
  });

  it('that is said twice, and each time another, is an error', () => {
    const twice = (...lines: readonly string[]) => codes(...lines).filter((code) => code.startsWith('field-invalid'));
    expect(twice('draft: true', 'draft: false')).toEqual(['field-invalid@3']);
    expect(twice('draft: false', 'draft: false')).toEqual([]);
    expect(article('status: draft', 'status: published').visibility).toBe('draft');
  });

  it('that is unclear is an error, for a draft may be secret', () => {
    expect(codes('draft: perhaps')).toEqual(['field-invalid@2']);
    expect(codes('private: perhaps')).toEqual(['field-invalid@2']);
    expect(codes('draft: 2')).toEqual(['field-invalid@2']);
    expect(codes('draft: [later]')).toEqual(['field-invalid@2']);
    expect(codes('visibility: acquaintances')).toEqual(['status-unknown@2']);
    expect(codes('visibility: {only: ann}')).toEqual(['status-unknown@2']);
  });
});

describe('a word of state', () => {
  it.each([
    ['status: draft', 'draft'],
    ['status: Draft', 'draft'],
    ['status: unpublished', 'draft'],
    ['status: auto-draft', 'draft'],
    ['status: ["draft"]', 'draft'],
    ['status: in review', 'draft'],
    ['status: In_Review', 'draft'],
    ['status: "[[In Review]]"', 'draft'],
    ['status: "#todo"', 'draft'],
    ['status: 🚧 WIP', 'draft'],
    ['status: first draft', 'draft'],
    ['status: "draft 2"', 'draft'],
    ['status: 2 - review', 'draft'],
    ['status: not yet published', 'draft'],
    ['status: not ready', 'draft'],
    ['status: needs work', 'draft'],
    ['status: To-Do', 'draft'],
    ['status: backlog', 'draft'],
    ['status: idea', 'draft'],
    ['status: outline', 'draft'],
    ['status: false', 'draft'],
    ['status: 0', 'draft'],
    ['status: Entwurf', 'draft'],
    ['status: 下書き', 'draft'],
    ['status: {name: Draft, color: grey}', 'draft'],
    ['state: queued', 'draft'],
    ['stage: planning', 'draft'],
    ['post_status: inherit', 'draft'],
    ['post-status: draft', 'draft'],
    ['review_state: pending', 'draft'],
    ['creativeWorkStatus: Incomplete', 'draft'],
    ['visibility: paid', 'draft'],
    ['visibility: [members]', 'draft'],
    ['visibility: false', 'draft'],
    ['visibility: public', 'published'],
    ['status: published', 'published'],
    ['status: "1"', 'published'],
    ['status: publié', 'published'],
    ['status: hidden', 'hidden'],
    ['status: [published, hidden]', 'hidden'],
  ])('is known in “%s”: %s', (line, visibility) => {
    expect(article(line).visibility).toBe(visibility);
    expect(unknown(line)).toEqual([]);
  });

  it.each([
    ['status: evergreen', ['evergreen']],
    ['status: "🌱 Seedling"', ['seedling']],
    ['status: 🌱', ['🌱']],
    ['status: ongoing', ['ongoing']],
    ['status: 7', ['7']],
    ['status: [published, budding]', ['budding']],
    ['status: budding, growing', ['budding', 'growing']],
    ['status: {phase: two}', ['phase']],
    ['stage: finished', []],
    ['state: Oregon', []],
    ['publish: web', ['web']],
    ['status: not a draft', ['not-a-draft']],
  ])('is unknown in “%s”', (line, words) => {
    expect(article(line).visibility).toBe('published');
    expect(unknown(line)).toEqual(words);
  });

  it('that is unknown says nothing more of what is held back anyway', () => {
    expect(unknown('status: evergreen', 'draft: true')).toEqual([]);
    expect(unknown('status: [evergreen, draft]')).toEqual([]);
  });

  it('means what the settings say, before all that is known', () => {
    const visibility = (line: string, statuses: NonNullable<Site['statuses']>) => {
      const { visibility, unknownStates } = parseOne('a.md', withFields(line), { statuses });
      return unknownStates.length > 0 ? 'unknown' : visibility;
    };
    expect(visibility('status: Evergreen', { evergreen: 'published' })).toBe('published');
    expect(visibility('status: seedling', { seedling: 'draft' })).toBe('draft');
    expect(visibility('status: stub', { stub: 'hidden' })).toBe('hidden');
    expect(visibility('status: in review', { 'in-review': 'published' })).toBe('published');
    expect(visibility('visibility: rowers', { rowers: 'draft' })).toBe('draft');
    expect(visibility('status: budding', { evergreen: 'published' })).toBe('unknown');
    expect(visibility('status: Oregon', { '*': 'published' })).toBe('published');
    expect(visibility('state: draft', { '*': 'published' })).toBe('draft');
    expect(visibility('publish: 2021-04-07', { '*': 'draft' })).toBe('published');
  });

  it('is no longer than people write one', () => {
    expect(unknown(`status: "a ${'long '.repeat(100)}"`)[0]).toHaveLength(100);
  });

  it('that speaks of a date wants one', () => {
    expect(codes('status: scheduled')).toEqual(['field-invalid@2']);
    expect(codes('status: scheduled', 'date: 2021-04-07')).toEqual([]);
    expect(codesOf(parseText('2021-04-07-a.md', withFields('post_status: future')))).toEqual([]);
  });
});

describe('a draft with mistakes', () => {
  const mistakes = ['date: 2017-02-29', 'id: "a\\nb"', 'permalink: /../x', `title: ${'a'.repeat(9_000)}`];

  it('is a draft without an error', () => {
    for (const draft of ['draft: true', 'status: idea', 'published: false', 'visibility: members']) {
      const { articles, problems } = parseText('a.md', withFields(draft, ...mistakes));
      expect(articles.map(({ visibility }) => visibility)).toEqual(['draft']);
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
    expect(codes(...mistakes).length).toBeGreaterThan(3);
  });

  it('may hold nothing yet', () => {
    expect(parseText('a.md', '---\ndraft: true\n---\n')).toMatchObject({
      articles: [{ visibility: 'draft' }],
      problems: [],
    });
  });

  it('holds up no other item of its file', () => {
    const items = [
      { id: 'https://example.org/1', content_text: 'One.' },
      { id: 'https://example.org/2', content_text: 'Two.', draft: true, date_published: 'some day' },
    ];
    const { articles, problems } = parseText('a.json', JSON.stringify(items));
    expect(articles.map(({ visibility }) => visibility)).toEqual(['published', 'draft']);
    expect(problems).toEqual([]);
  });
});

describe('fields that can’t be read', () => {
  it.each([
    ['without a space', '---\ndraft:true\n---\nText.'],
    ['without a space, among others', '---\ntitle: A\ndraft:true\n---\nText.'],
    ['without an end', '---\ndraft:true\n\nText.'],
    ['in dashes of a word processor', '—-\ntitle: A\ndraft: true\n—-\n\nText.'],
    ['with a remark behind the fence', '--- # of 2021\ntitle: A\npublished: false\n---\n\nText.'],
    ['with wide colons', '---\ntitle： A\nprivate： true\n---\n\nText.'],
    ['under a remark', '<!--\nOurs.\n-->\n\n---\ntitle: A\nstatus: draft\n---\nText.'],
    ['beside a mistake', '---\ntitle: A: b\ndraft: "yes"\n---\nText.'],
    ['in TOML', '+++\ntitle = A\ndraft = true # for now\n+++\nText.'],
  ])('hold back where a line of them says so: %s', (_, text) => {
    for (const key of ['a.md', 'a.txt', 'a.html']) {
      const { articles, problems, isHeldBack } = parseText(key, text);
      expect({ articles, isHeldBack }).toEqual({ articles: [], isHeldBack: true });
      expect(problems.map(({ severity }) => severity)).toEqual(['error']);
    }
  });

  it('hold back in a file that is too large, or in no encoding', () => {
    const head = '---\ntitle: A\ndraft: true\n---\n';
    expect(parseText('a.md', head + 'a'.repeat(ARTICLE_BYTES_MAX)).isHeldBack).toBe(true);
    const body = new Uint8Array([...new TextEncoder().encode(head), 0xff, 0xe4, 0x0a]);
    expect(parseArticles({ key: 'a.md', body, site: TEST_SITE }).isHeldBack).toBe(true);
  });

  it.each([
    'Text about drafts.\n\n---\ndraft: true\n---\n',
    '```yaml\ndraft: true\n```\n',
    'The line\n\n    draft: true\n\nholds a post back.',
    '---\n\nText after a ruler.\n\ndraft of an idea: true\n',
    '---\ntitle: A\n---\n\ndraft: true\n',
    '+++\ntitle = "A"\n[cascade]\ndraft = true\n+++\nText.',
  ])('are no reason to hold back what only speaks of them: %j', (text) => {
    expect(parseOne('a.md', text).visibility).toBe('published');
  });

  it('are no error in a folder of drafts', () => {
    expect(parseText('_drafts/a.md', '---\ntitle: A: b\n---\nText.')).toEqual({ articles: [], problems: [] });
  });
});

describe('properties in the text', () => {
  const visibility = (text: string) => parseOne('a.md', text).visibility;

  it.each([
    'status:: draft\n\nText.',
    '# Heading\n\nstatus:: in review\n\nText.',
    'author:: Ann\nPublish:: no\n\nText.',
    'Published?:: no\n\nText.',
    '- draft:: true\n\nText.',
    '**Status**:: WIP\n\nText.',
    '[author:: Ann] [status:: draft]\n\nText.',
    '---\ntitle: A\n---\nstatus:: [[Draft]]\n\nText.',
  ])('at its top hold it back: %j', (text) => {
    expect(visibility(text)).toBe('draft');
  });

  it.each(['Text.\n\nstatus:: draft', 'Text of std::draft.\n', 'publish:: yes\n\nText.', 'Use `(state::Draft)` here.'])(
    'are none further down, or in code: %j',
    (text) => {
      expect(parseOne('a.md', text)).toMatchObject({ visibility: 'published', unknownStates: [] });
    },
  );

  it('tell the line of a word that is unknown', () => {
    expect(parseOne('a.md', '---\ntitle: A\n---\n\nstatus:: budding\n\nText.').unknownStates).toEqual([
      { word: 'budding', line: 5 },
    ]);
  });
});

describe('the header of a system', () => {
  it.each([
    ['Nikola', '.. title: A\n.. status: private\n\nText.', 'draft'],
    ['Nikola, by a tag', '.. title: A\n.. tags: sea, draft\n\nText.', 'draft'],
    ['Nikola, by the other tag', '<!--\n.. title: A\n.. tags: private\n-->\n\nText.', 'draft'],
    ['Nikola, for formulas', '.. title: A\n.. tags: mathjax\n\nText.', 'published'],
    ['any other, where a tag is a tag', '---\ntitle: A\ntags: [draft, private]\n---\nText.', 'published'],
    ['Pelican', 'Title: A\nStatus: draft\n\nText.', 'draft'],
    ['Pelican, without a feed', 'Title: A\nStatus: hidden\n\nText.', 'hidden'],
    ['Pelican, to be skipped', 'Title: A\nStatus: skip\n\nText.', 'draft'],
    ['Hexo', 'title: A\npublished: false\n---\nText.', 'draft'],
    ['Hexo, where it comes first', 'published: false\ntitle: A\n---\nText.', 'draft'],
    ['Pelican, where a flag comes first', 'Draft: yes\nTitle: A\n\nText.', 'draft'],
    ['nobody: a sentence', 'Draft: what I think of it\n\nText.', 'published'],
    ['Hugo, in TOML', '+++\ntitle = "A"\ndraft = true\n+++\nText.', 'draft'],
    ['Zola', '+++\ntitle = "A"\n[extra]\nstatus = "wip"\n+++\nText.', 'draft'],
  ])('of %s is obeyed', (_, text, visibility) => {
    expect(parseOne('a.md', text).visibility).toBe(visibility);
  });

  it('of an HTML page is obeyed', () => {
    const page = (meta: string) => `<html><head><title>A</title>${meta}</head><body><p>Text.</p></body></html>`;
    for (const name of ['draft', 'private']) {
      expect(parseOne('a.html', page(`<meta name="${name}" content="true">`)).visibility).toBe('draft');
    }
    expect(parseOne('a.html', page('<meta name="post-status" content="pending">')).visibility).toBe('draft');
    const data = JSON.stringify({ '@type': 'Article', headline: 'A', creativeWorkStatus: 'Draft' });
    expect(parseOne('a.html', page(`<script type="application/ld+json">${data}</script>`)).visibility).toBe('draft');
  });
});
