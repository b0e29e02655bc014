import { describe, expect, it } from 'vitest';
import type { Site } from '../../../lambda/model/site.ts';
import { sayOf } from '../../../lambda/site/folder/folder-rules.ts';
import { siteFor } from '../../../lambda/site/folder/folder-site.ts';
import { TEST_SITE } from '../../article/article-file.ts';
import { filesOf } from '../../support/folder-saying.ts';

function settingsOf(texts: Readonly<Record<string, string>>, key = 'a.md', site: Partial<Site> = {}) {
  const { timeZone, dates = 'plain' } = siteFor({ ...TEST_SITE, ...site }, sayOf(filesOf(texts), key));
  return `${timeZone} ${dates}`;
}

describe('the zone of an article', () => {
  it.each([
    ['_config.yml', 'timezone: America/New_York', 'America/New_York jekyll'],
    ['_config.yml', 'title: A', 'UTC jekyll'],
    ['_config.yml', 'timezone: Asia/Shanghai\nnew_post_name: :title.md', 'Asia/Shanghai plain'],
    ['_config.yml', "timezone: ''\npost_asset_folder: false", 'UTC plain'],
    ['_config.yml', 'timezone: Mars/Olympus\nskip_render:', 'UTC plain'],
    ['hugo.toml', 'timeZone = "Europe/Oslo"', 'Europe/Oslo plain'],
    ['pelicanconf.py', "SITENAME = 'A'\nTIMEZONE = 'Europe/Paris'\n", 'Europe/Paris plain'],
    ['conf.py', 'TIMEZONE = "Europe/Paris"\n', 'Europe/Paris plain'],
    [
      'mkdocs.yml',
      'plugins:\n  - rss:\n      date_from_meta:\n        default_timezone: Europe/Rome\n',
      'Europe/Rome plain',
    ],
  ])('is what the settings of its site say: %s, %j', (file, text, expected) => {
    expect(settingsOf({ [file]: text })).toBe(expected);
  });

  it('is that of site.yaml where it states one, and of the folder it lies in', () => {
    const files = { 'hugo.toml': 'timeZone = "Europe/Oslo"', 'old/_config.yml': 'timezone: Asia/Tokyo' };
    expect(settingsOf(files, 'a.md', { isTimeZoneStated: true })).toBe('UTC plain');
    expect(settingsOf(files, 'old/_posts/a.md')).toBe('Asia/Tokyo jekyll');
  });

  it('is of one object for all articles under the same files', () => {
    const files = filesOf({ 'hugo.toml': 'timeZone = "Europe/Oslo"' });
    expect(siteFor(TEST_SITE, sayOf(files, 'a.md'))).toBe(siteFor(TEST_SITE, sayOf(files, 'b/c.md')));
    expect(siteFor(TEST_SITE, sayOf({}, 'a.md'))).toBe(TEST_SITE);
  });
});
