import { describe, expect, it } from 'vitest';
import type { Site } from '../../../../lambda/model/site.ts';
import { codesOf, parseOne, parseText, rfc3339, withFields } from '../../article-file.ts';

/** Publication and update of an article with these lines of YAML. */
function datesOf(lines: readonly string[], site: Partial<Site> = {}, key = 'a.md'): readonly (string | null)[] {
  const { published, updated } = parseOne(key, withFields('title: A', ...lines), site);
  return [rfc3339(published), rfc3339(updated)];
}

const published = (...lines: readonly string[]) => datesOf(lines)[0];

describe('the date of an article', () => {
  it.each([
    ['20170305_g.md', '2017-03-05T00:00:00Z'],
    ['posts/20170305-tide.md', '2017-03-05T00:00:00Z'],
    ['20170305.md', '2017-03-05T00:00:00Z'],
    ['20171305_g.md', null],
    ['201703051230 Tide.md', null],
    ['12345678.md', null],
  ])('is read from the name %s, which stays as it is in the address', (key, date) => {
    expect(datesOf([], {}, key)[0]).toBe(date);
    const { path } = parseOne(key, withFields('title: A'), { permalink: '/:title/' });
    expect(path).toContain(/\d+/.exec(key)?.[0] ?? '');
  });

  it.each([
    'pubDatetime: 2022-09-23T15:22:00Z',
    'created_on: 2022-09-23T15:22:00Z',
    'dg-created: 2022-09-23T15:22:00Z',
    'createdDate: 2022-09-23T15:22:00Z',
    'publication_date: 2022-09-23T15:22:00Z',
    'release_date: 2022-09-23T15:22:00Z',
    'issued: 2022-09-23T15:22:00Z',
    'firstPublished: 2022-09-23T15:22:00Z',
    'time: 2022-09-23T15:22:00Z',
    'date_posted: 2022-09-23T15:22:00Z',
    'originalPublishDate: 2022-09-23T15:22:00Z',
    '"article:published_time": 2022-09-23T15:22:00Z',
    'DC.date: 2022-09-23T15:22:00Z',
    'fecha: 2022-09-23T15:22:00Z',
  ])('is read from “%s”', (line) => {
    expect(published(line)).toBe('2022-09-23T15:22:00Z');
  });

  it.each([
    'modDatetime: 2023-01-02',
    'mod_date: 2023-01-02',
    'dg-updated: 2023-01-02',
    'last_edited: 2023-01-02',
    'date_revised: 2023-01-02',
    '"og:updated_time": 2023-01-02',
  ])('goes with the one of its last change, read from “%s”', (line) => {
    expect(datesOf(['date: 2022-01-01', line])).toEqual(['2022-01-01T00:00:00Z', '2023-01-02T00:00:00Z']);
  });

  it.each([
    ['date:\n  created: 2023-12-31\n  updated: 2024-01-02', '2023-12-31T00:00:00Z', '2024-01-02T00:00:00Z'],
    ['date: { published: 2023-12-30T08:00:00Z, readtime: 3 }', '2023-12-30T08:00:00Z', null],
    ['date: { year: 2024, month: 5, day: 13 }', '2024-05-13T00:00:00Z', null],
    ['date: { year: 2024, month: May, day: 3 }', '2024-05-03T00:00:00Z', null],
    ['date: [2023-12-29]', '2023-12-29T00:00:00Z', null],
    ['meta:\n  date: 2022-09-20', '2022-09-20T00:00:00Z', null],
    ['dates: { posted: 2022-09-20, edited: 2022-09-21 }', '2022-09-20T00:00:00Z', '2022-09-21T00:00:00Z'],
    ['timestamps: { createdAt: 2022-09-20, modifiedAt: 2022-09-21 }', '2022-09-20T00:00:00Z', '2022-09-21T00:00:00Z'],
    ['date: { date: 2022-09-20, time: "10:30", timezone: Asia/Tokyo }', '2022-09-20T10:30:00+09:00', null],
    ['date: { updated: 2022-09-21 }', null, '2022-09-21T00:00:00Z'],
    ['created: "[[2022-09-20]]"', '2022-09-20T00:00:00Z', null],
    ['created: [[2022-09-20]]', '2022-09-20T00:00:00Z', null],
    ['date: 2022-09-20\ntime: 3pm', '2022-09-20T15:00:00Z', null],
    ['date: 2022-09-20 10:00\ntime: 3pm', '2022-09-20T10:00:00Z', null],
    ['date: 2022-09-20 10:00\ntimezone: America/Sao_Paulo', '2022-09-20T10:00:00-03:00', null],
  ])('is read from %j', (lines, date, update) => {
    expect(datesOf(lines.split('\n'))).toEqual([date, update]);
  });

  it('is the publication before it is the creation', () => {
    expect(published('created_on: 2020-01-01', 'pubDatetime: 2021-01-01')).toBe('2021-01-01T00:00:00Z');
    expect(published('time: 2020-01-01', 'date: 2021-01-01')).toBe('2021-01-01T00:00:00Z');
  });

  it('is nothing that a field of such a name holds besides', () => {
    expect(published('time: 5 minutes', 'release: "2.0"', 'issue: 12', 'created_on: 2021-01-01')).toBe(
      '2021-01-01T00:00:00Z',
    );
    expect(codesOf(parseText('a.md', withFields('title: A', 'issue_date: Spring 2024')))).toEqual([]);
  });

  it('stands in the address, where nothing else tells', () => {
    expect(published('path: 2023/08/03/x')).toBe('2023-08-03T00:00:00Z');
    expect(published('permalink: /blog/2023/8/3/x.html')).toBe('2023-08-03T00:00:00Z');
    expect(published('slug: 2023-08-03-x')).toBe('2023-08-03T00:00:00Z');
    expect(published('permalink: /2023/08/03/x/', 'date: 2022-01-01')).toBe('2022-01-01T00:00:00Z');
    expect(published('permalink: /2023/13/03/x/')).toBeNull();
    expect(published('permalink: /v2023/08/031/')).toBeNull();
    const toml = '+++\ntitle = "A"\npath = "2023/08/03/x"\n+++\nText.';
    expect(rfc3339(parseOne('a.md', toml, { timeZone: 'Asia/Tokyo' }).published)).toBe('2023-08-03T00:00:00+09:00');
  });

  it('is in the zone of the site, wherever that is', () => {
    const at = (timeZone: string) => datesOf(['date: 2024-07-01 12:00'], { timeZone })[0];
    expect(at('Asia/Kathmandu')).toBe('2024-07-01T12:00:00+05:45');
    expect(at('Pacific/Auckland')).toBe('2024-07-01T12:00:00+12:00');
    expect(at('America/St_Johns')).toBe('2024-07-01T12:00:00-02:30');
  });

  it('stands in lines of the text, as Dataview has them', () => {
    const note = (text: string) => rfc3339(parseOne('a.md', text).published);
    expect(note('# A\ncreated:: 2024-02-03\n\nText.')).toBe('2024-02-03T00:00:00Z');
    expect(note('# A\n\nText.\n\n- **date**:: [[2024-02-03]]\n')).toBe('2024-02-03T00:00:00Z');
    expect(note('# A\n\n[created:: 2024-02-03]\n\nText.')).toBe('2024-02-03T00:00:00Z');
    expect(note('# A\n\nText.\n\n```\ndate:: 2024-02-03\n```\n')).toBeNull();
    expect(note('# A\n\nText.\n\ndue:: 2024-02-03\n')).toBeNull();
  });
});

describe('a date that is not understood', () => {
  const hint = (...lines: readonly string[]) => parseOne('a.md', withFields('title: A', ...lines)).dateHint;

  it('is named, where nothing says when the article was published', () => {
    expect(hint('eventDate: 2031-01-01')).toEqual({ name: 'eventDate', text: '2031-01-01', line: 3 });
    expect(hint('pubDatetime: 2022-02-30')).toEqual({ name: 'pubDatetime', text: '2022-02-30', line: 3 });
    expect(hint('released: Spring 2024')).toEqual({ name: 'released', text: 'Spring 2024', line: 3 });
    expect(hint('eventDate: 2031-01-01', 'date: 2022-01-01')).toBeUndefined();
    expect(hint('expires: 2031-01-01', 'version: 2024.1', 'phone: "2025550123"')).toBeUndefined();
  });
});

describe('Jekyll’s dates', () => {
  const site: Partial<Site> = { timeZone: 'America/New_York', dates: 'jekyll' };
  const jekyll = (line: string) => datesOf([line], site)[0];

  it('are in UTC where YAML has a type for them, and else in the zone of the site', () => {
    expect(jekyll('date: 2024-03-10 03:30:00')).toBe('2024-03-09T22:30:00-05:00');
    expect(jekyll('date: 2024-3-10T3:30:00.5')).toBe('2024-03-09T22:30:00-05:00');
    expect(jekyll('date: "2024-03-10 03:30:00"')).toBe('2024-03-10T03:30:00-04:00');
    expect(jekyll('date: 2024-03-12 03:30')).toBe('2024-03-12T03:30:00-04:00');
    expect(jekyll('date: 2024-03-12')).toBe('2024-03-12T00:00:00-04:00');
    expect(jekyll('date: 10 Mar 2024 04:30:00')).toBe('2024-03-10T04:30:00-04:00');
  });

  it('are told in the zone of the site, and so are days in addresses', () => {
    const line = 'date: 2024-03-11 23:30:00 -0800';
    expect(jekyll(line)).toBe('2024-03-12T03:30:00-04:00');
    const text = withFields('title: A', line);
    const { path, aliases } = parseOne('_posts/2024-03-11-a.md', text, {
      ...site,
      permalink: '/:year/:month/:day/:title/',
    });
    expect([path, aliases]).toEqual(['/2024/03/12/a/', ['/2024/03/11/a/']]);
    const plain = { timeZone: 'America/New_York', permalink: '/:year/:month/:day/:title/' };
    expect(parseOne('_posts/2024-03-11-a.md', text, plain).path).toBe('/2024/03/11/a/');
  });
});
