/**
 * A news brief as an agency's text, read as a good publisher reads it: one test for each thing that such a text is
 * known to hold. They run on the brief of the sample publication and, where it is at hand, on the text that set the form.
 */

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseArticles } from '../../../lambda/article/parse.ts';
import type { Article } from '../../../lambda/model/article.ts';
import type { Site } from '../../../lambda/model/site.ts';
import { parseSite } from '../../../lambda/site/parse-site.ts';
import { formatRfc3339 } from '../../../lambda/time/moment.ts';
import { createTestPublication } from '../../support/publication.ts';

const RUN_WORDS = 6;

const SITE_YAML = 'title: Wire\nlanguage: en\ntimeZone: Europe/Moscow\nauthors: [The Editors]\n';

interface Brief {
  /** Its place in the content store. */
  readonly key: string;
  readonly file: URL;
  readonly caption: string;
  readonly credit: string;
  /** What stands in square brackets and is no link. */
  readonly brackets: string;
  readonly curlyQuote: string;
  /** Texts of the links that lead nowhere. */
  readonly deadLinks: readonly string[];
  /** The sentence that a blank line cuts, from a few words before the cut to a few after. */
  readonly cutSentence: string;
  readonly related: string;
  readonly summaryBegins: string;
}

const SAMPLE: Brief = {
  key: 'briefs/pilot-boat-stays-in-harbour.txt',
  file: new URL('../../../content/briefs/pilot-boat-stays-in-harbour.txt', import.meta.url),
  caption: 'called back to the inner basin in March.',
  credit: 'Rui Penedo / FORESHORE',
  brackets: '[of the journey out]',
  curlyQuote: 'of a “wandering” sandbank',
  deadLinks: ['said as much', 'ordered inside', 'The Gaivota Comes In as the Quarrel over the Bar Goes On'],
  cutSentence: 'would be decided by how the sandbank',
  related: 'Related article: The Gaivota Comes In as the Quarrel over the Bar Goes On',
  summaryBegins: 'The Gaivota, which brings pilots to ships',
};

const SEED: Brief = {
  key: 'russian-envoy.txt',
  file: new URL('../../../../shared/seeds/russian-envoy.txt', import.meta.url),
  caption: 'Putin a “killer.”',
  credit: 'Valery Sharifulin / TASS',
  brackets: '[of Antonov’s return]',
  curlyQuote: 'a “killer” who',
  deadLinks: ['reported', 'recalled'],
  cutSentence: 'will depend on what steps',
  related: 'Related article: Russia',
  summaryBegins: 'Russia’s Ambassador to the United States',
};

describe('the news brief of the sample publication', () => describeBrief(SAMPLE));

describe.skipIf(!existsSync(SEED.file))('the news brief that set the form', () => describeBrief(SEED));

it.skipIf(!existsSync(SEED.file))('the sample brief tells the story in words of its own', () => {
  const borrowed = wordRuns(SEED);
  expect([...wordRuns(SAMPLE)].filter((run) => borrowed.has(run))).toEqual([]);
});

function describeBrief(brief: Brief): void {
  it('reads past blank lines to the headline, which is the title exactly and is not repeated', () => {
    const { title, contentHtml } = readArticle(brief);
    expect(title).toBe(headlineOf(brief));
    expect(contentHtml).not.toContain(title);
  });

  it('takes the date line for midnight in the zone of the site, and out of the content', () => {
    const { published, updated, contentHtml } = readArticle(brief);
    expect(published && formatRfc3339(published)).toBe('2021-04-07T00:00:00+03:00');
    expect(updated).toBeNull();
    expect(contentHtml).not.toContain('April 07');
  });

  it('makes a figure caption of the paragraph that ends in a credit, and invents no image', () => {
    const { image, contentHtml } = readArticle(brief);
    const caption = `${brief.caption} <cite>${brief.credit}</cite></figcaption></figure>`;
    expect(contentHtml.startsWith('<figure><figcaption>')).toBe(true);
    expect(contentHtml).toContain(caption);
    expect(contentHtml).not.toContain('<img');
    expect(image).toBeNull();
  });

  it('keeps the text of links that lead nowhere, and drops their address', () => {
    const { contentHtml } = readArticle(brief);
    for (const text of brief.deadLinks) expect(contentHtml).toContain(text);
    expect(contentHtml).not.toContain('href');
    expect(contentHtml).not.toContain('](');
  });

  it('joins the sentence that a blank line cuts', () => {
    const { contentHtml } = readArticle(brief);
    expect(contentHtml).toContain(brief.cutSentence);
  });

  it('sets the related article aside', () => {
    const { contentHtml } = readArticle(brief);
    expect(contentHtml).toContain(`<aside><p>${brief.related}`);
  });

  it('takes the original address for its canonical one, and out of the content', () => {
    const { canonicalUrl, contentHtml } = readArticle(brief);
    expect(canonicalUrl).toBe(originalUrlOf(brief));
    expect(contentHtml).not.toContain('Original url');
    expect(contentHtml).not.toContain('http');
  });

  it('is summed up by its lead, not by the caption', () => {
    const { summary } = readArticle(brief);
    expect(summary.startsWith(brief.summaryBegins)).toBe(true);
  });

  it('has no author of its own, although the caption names one, and no tags', () => {
    const { authors, tags } = readArticle(brief);
    expect(authors).toEqual([]);
    expect(tags).toEqual([]);
  });

  it('keeps curly quotes and square brackets as they are', () => {
    const { contentHtml } = readArticle(brief);
    expect(contentHtml).toContain(brief.curlyQuote);
    expect(contentHtml).toContain(brief.brackets);
  });

  it('leaves the language to the site', () => {
    const { language } = readArticle(brief);
    expect(language).toBeNull();
  });

  it('is published under its original address, unchanged since, by the author of the site', async () => {
    const publication = await createTestPublication({ files: { 'site.yaml': SITE_YAML } });
    await publication.put(brief.key, readFileSync(brief.file));
    await publication.settle();
    const feed = JSON.parse((await publication.documents()).get('feed.json') ?? '{}');
    expect(feed.language).toBe('en');
    expect(feed.items).toMatchObject([
      {
        id: originalUrlOf(brief),
        url: originalUrlOf(brief),
        date_published: '2021-04-07T00:00:00+03:00',
        authors: [{ name: 'The Editors' }],
      },
    ]);
    expect(feed.items[0].date_modified ?? feed.items[0].date_published).toBe(feed.items[0].date_published);
    expect(feed.items[0].tags ?? []).toEqual([]);
  });
}

/** Every run of `RUN_WORDS` words. */
function wordRuns({ file }: Brief): ReadonlySet<string> {
  const words =
    readFileSync(file, 'utf8')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.map((_, index) => words.slice(index, index + RUN_WORDS).join(' ')));
}

function headlineOf({ file }: Brief): string {
  return readFileSync(file, 'utf8').trim().split('\n', 1)[0] ?? '';
}

/** The address in angle brackets at the end of the file. */
function originalUrlOf({ file }: Brief): string {
  return /<(https:[^>]+)>\s*$/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
}

/** The one article of the brief, about which there is nothing to report. */
function readArticle({ key, file }: Brief): Article {
  const { articles, problems } = parseArticles({ key, body: readFileSync(file), site: readSite() });
  const [article] = articles;
  if (article === undefined || articles.length > 1 || problems.length > 0) {
    throw new Error(`${key} should hold one article without problems: ${JSON.stringify(problems)}`);
  }
  return article;
}

function readSite(): Site {
  const { site } = parseSite(new TextEncoder().encode(SITE_YAML), { url: 'https://example.org/' });
  if (site === null) throw new Error('The settings of this test are broken.');
  return site;
}
