import { describe, expect, it } from 'vitest';
import { parseOne, parseText, rfc3339 } from '../../article-file.ts';

/** A post as Medium exports it, with what stands in its body and its footer. */
function mediumPost(body: string, footer: string): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>Ebb and flow</title></head><body><article class="h-entry">
<header><h1 class="p-name">Ebb and flow</h1></header>
<section data-field="subtitle" class="p-summary">
On the mud
</section>
<section data-field="body" class="e-content"><section class="section section--body"><div class="section-divider"><hr></div>
<div class="section-content">${body}</div></section></section>
<footer>${footer}</footer></article></body></html>`;
}

const FOOTER = `<p class="p-tags">Tagged in <a href="https://medium.example/tag/mud" class="p-tag">Mud</a></p>
<p>By <a href="https://medium.example/@ola" class="p-author h-card">Ola Berg</a> on <a href="https://medium.example/p/0a1b2c3d4e5f">
<time class="dt-published" datetime="2020-02-03T04:05:06.789Z">February 3, 2020</time></a>.</p>
<p><a href="https://medium.example/@ola/ebb-0a1b2c3d4e5f" class="p-canonical">Canonical link</a></p><p>Exported from Medium.</p>`;

const HEADED = `<h3 class="graf--title">Ebb and flow</h3><h4 class="graf--subtitle">On the mud</h4><p>Two hours.</p>`;

describe('a post of Medium', () => {
  it('is read by its own marks, and says nothing twice', () => {
    const post = parseOne('posts/2020-02-03_Ebb-0a1b2c3d4e5f.html', mediumPost(HEADED, FOOTER));
    expect(post).toMatchObject({
      title: 'Ebb and flow',
      summary: 'On the mud',
      canonicalUrl: 'https://medium.example/@ola/ebb-0a1b2c3d4e5f',
      authors: [{ name: 'Ola Berg', url: 'https://medium.example/@ola' }],
      tags: [{ label: 'Mud' }],
      visibility: 'published',
    });
    expect(rfc3339(post.published)).toBe('2020-02-03T04:05:06Z');
    expect(post.contentHtml.replace(/<[^>]*>/g, '').trim()).toBe('Two hours.');
  });

  it('keeps a line above the title, and a heading that says something else', () => {
    const body = `<h4 class="graf--kicker">Tides</h4>${HEADED}<h3>At noon</h3><p>Nothing.</p>`;
    const text = parseOne('a.html', mediumPost(body, FOOTER)).contentHtml.replace(/<[^>]*>/g, ' ');
    expect(text.split(/\s+/).filter(Boolean)).toEqual(['Tides', 'Two', 'hours.', 'At', 'noon', 'Nothing.']);
  });

  it('is a draft where it has neither date nor address, however its file is called', () => {
    const draft = mediumPost(HEADED, '<p><a href="https://medium.example/p/0a1b2c3d4e5f">View original.</a></p>');
    expect(parseOne('ebb.html', draft).visibility).toBe('draft');
  });
});

describe('an h-entry', () => {
  it('of the IndieWeb has people, tags, an id, and a photo beside its text', () => {
    const page = `<html><body><main class="h-entry"><a class="u-url u-uid" href="https://ada.example/2021/7">
<time class="dt-published" datetime="2021-05-06 07:08:09+02:00">in May</time></a> <time class="dt-updated" datetime="2021-05-07T00:00:00Z"></time>
<div class="p-author h-card"><img class="u-photo" src="https://ada.example/me.jpg" alt=""><a class="u-url p-name" href="https://ada.example/">Ada</a></div>
<p class="p-author">Bo</p><img class="u-photo" src="https://ada.example/sea.jpg" alt="The sea">
<div class="e-content"><p>Blue. <a class="p-category" href="/t/sea">#sea</a></p></div>
<div class="p-comment h-entry"><p class="p-name">A stranger's title</p><div class="e-content">A stranger's words</div></div></main></body></html>`;
    const entry = parseOne('notes/7.html', page);
    expect(entry).toMatchObject({
      id: 'https://ada.example/2021/7',
      canonicalUrl: 'https://ada.example/2021/7',
      authors: [{ name: 'Ada', url: 'https://ada.example/', avatar: 'https://ada.example/me.jpg' }, { name: 'Bo' }],
      tags: [{ label: 'sea' }],
      image: { url: 'https://ada.example/sea.jpg', alt: 'The sea' },
    });
    expect([entry.published, entry.updated].map(rfc3339)).toEqual([
      '2021-05-06T07:08:09+02:00',
      '2021-05-07T00:00:00Z',
    ]);
    expect(JSON.stringify(entry)).not.toContain('stranger');
  });

  it('of hAtom is read likewise, as WordPress themes write it', () => {
    const page = `<html><body><article id="post-5" class="post hentry"><h1 class="entry-title">Fog</h1>
<div class="entry-meta"><time class="entry-date published" datetime="2019-01-02T03:04:05+00:00">2 January</time>
<span class="author vcard"><a class="url fn n" href="https://old.example/author/kim/">Kim</a></span></div>
<div class="entry-content"><p>Thick.</p></div>
<footer>Posted in <a href="https://old.example/c/weather/" rel="category tag">Weather</a>. Share this.</footer></article>
<aside><ul><li class="hentry"><a class="entry-title">Read next</a></li></ul></aside></body></html>`;
    const entry = parseOne('fog.html', page);
    expect(entry).toMatchObject({
      title: 'Fog',
      contentHtml: '<p>Thick.</p>',
      authors: [{ name: 'Kim', url: 'https://old.example/author/kim/' }],
      tags: [{ label: 'Weather' }],
    });
    expect(rfc3339(entry.published)).toBe('2019-01-02T03:04:05Z');
  });

  it('that is a note has no title, though its name is marked', () => {
    const note = '<div class="h-entry"><p class="e-content p-name">Low water at six.</p></div>';
    expect(parseOne('note.html', note)).toMatchObject({ title: '', contentHtml: 'Low water at six.' });
    const cut =
      '<div class="h-entry"><h1 class="p-name">Low water…</h1><p class="e-content">Low water at six.</p></div>';
    expect(parseOne('note.html', cut).title).toBe('');
  });

  it('says who may see it', () => {
    const page = (mark: string) => `<div class="h-entry">${mark}<div class="e-content">Mine.</div></div>`;
    const visibilities = [
      '<data class="p-visibility" value="private"></data>',
      '<data class="p-post-status" value="draft"></data>',
      '<data class="p-visibility" value="public"></data>',
    ].map((mark) => parseOne('a.html', page(mark)).visibility);
    expect(visibilities).toEqual(['draft', 'draft', 'published']);
  });

  it('goes behind what front matter says', () => {
    const page = `---\ntitle: Mine\nauthor: Me\ndate: 2022-01-01\n---\n${mediumPost(HEADED, FOOTER)}`;
    expect(parseOne('a.html', page)).toMatchObject({ title: 'Mine', authors: [{ name: 'Me' }] });
  });

  it('leaves the text whole where its class marks only a part of it', () => {
    const rest = `<p>${'Long and salty. '.repeat(60)}</p>`;
    const page = `<article class="h-entry"><p class="e-content">Short.</p>${rest}</article>`;
    expect(parseOne('a.html', page).contentHtml).toContain('Long and salty.');
  });
});

describe('a page that is no article', () => {
  it('holds several entries, and is public only where it was before', () => {
    const entries = ['One', 'Two'].map(
      (name) =>
        `<article class="hentry"><h2 class="entry-title">${name}</h2><div class="entry-content">${name}.</div></article>`,
    );
    const page = `<html><body><main>${entries.join('')}</main></body></html>`;
    expect(parseOne('page/2/index.html', page).doubt?.held?.code).toBe('page-is-no-article');
    expect(parseOne('all.html', `---\ntitle: All\n---\n${page}`).doubt).toBeUndefined();
  });

  it.each([
    '<h3>Ola’s IP history, page 1</h3><ul><li>IP: 192.0.2.7</li></ul>',
    '<h3>Ola’s claps, page 1</h3><ul><li class="h-entry">+1 <a class="u-like-of">A</a></li></ul>',
  ])('is what Medium keeps about somebody: %s', (section) => {
    const title = /<h3>(.*?)<\/h3>/.exec(section)?.[1];
    const page = `<html><head><title>${title}</title></head><body><section>${section}</section></body></html>`;
    const { articles, problems } = parseText('ips/ips-0001.html', page);
    expect([articles, problems.map(({ code }) => code)]).toEqual([[], ['page-is-no-article']]);
  });

  it('is a profile, which has a mail address in it', () => {
    const page = `<html><head><title>Ola</title></head><body><section class="h-card"><h3 class="p-name">Ola</h3>
<ul><li><b>Email address:</b> ola@coast.example</li></ul></section></body></html>`;
    expect(parseText('profile/profile.html', page).articles).toEqual([]);
  });
});

describe('a file that is named as a draft of Medium', () => {
  it.each(['draft_Half-a-story-0a1b2c3d4e5f.html', 'old/draft_x.htm', 'draft_Half-a-story-0a1b2c3d4e5f.md'])(
    'stays one: %s',
    (key) => {
      expect(parseOne(key, '---\ntitle: Half\ndraft: false\n---\nText.').visibility).toBe('draft');
    },
  );

  it('begins with just that', () => {
    expect(parseOne('draft-horses.html', '<p>Text.</p>').visibility).toBe('published');
    expect(parseOne('draft_horses.md', 'Text.').visibility).toBe('published');
  });
});
