/** The lines of a new site.yaml: what the settings of a generator in the same folder say of the site. */

import { renderSetting, type Settings } from '../../generators/settings-file.ts';

/** Settings with no value of their own: what is most often set first. */
const HINTS: Readonly<Record<string, string>> = {
  title: '# title: What readers call it',
  url: '# url: https://example.org/   (where it will be served; feeds need it once they are public)',
  language: '# language: en',
  timeZone: '# timeZone: Europe/Lisbon   (for dates that name none)',
  authors: '# authors: Who wrote what names nobody',
};

/**
 * The text of site.yaml.
 *
 * @param from the files that the settings are from; empty for none
 */
export function renderSiteLines(settings: Settings, from: readonly string[]): string {
  const origin =
    from.length === 0 ? '' : `, and the values that ${from.join(' and ')} ${from.length === 1 ? 'has' : 'have'}`;
  const names = [...new Set([...Object.keys(HINTS), ...settings.keys()])];
  const lines = names.map((name) => {
    const value = settings.get(name);
    return value === undefined ? HINTS[name] : renderSetting(name, value);
  });
  return `# The settings of the publication${origin}. Each has a default: docs/site-yaml.md has all.\n\n${lines.join('\n')}\n`;
}
