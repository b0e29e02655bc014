/** `site.yaml` of a publication that has none yet: what the export says of it, and where its old feeds lead. */

import { dump } from 'js-yaml';
import { parseSite } from '../../../lambda/site/parse-site.ts';
import type { ExportedSite } from '../model/exported.ts';

/** Without what the settings would refuse. */
export function renderSiteFile(site: ExportedSite): string {
  const settings: Record<string, unknown> = {};
  if (site.title !== null) settings.title = site.title.slice(0, 300);
  if (site.description !== null) settings.description = site.description.slice(0, 4000);
  if (site.id !== null) settings.id = site.id;
  if (site.url !== null) settings.url = site.url;
  if (site.language !== null) settings.language = site.language;
  if (site.copyright !== null) settings.copyright = site.copyright;
  if (Object.keys(site.redirects).length > 0) settings.redirects = site.redirects;
  if (site.pageSize !== undefined) settings.pageSize = site.pageSize;
  const feeds = [
    ...(site.podcast === null
      ? []
      : [{ name: 'podcast', title: settings.title ?? 'Podcast', kind: 'podcast', podcast: site.podcast }]),
    ...(site.feeds ?? []).map(({ name, label, tags }) => ({ name, title: titleOf(site, label), tags })),
  ];
  if (feeds.length > 0) settings.feeds = feeds;
  const kept = { ...settings };
  for (const name of ['copyright', 'language', 'redirects', 'feeds'] as const) {
    if (name in kept && !isReadable({ ...kept }, name)) delete kept[name];
  }
  return dump(kept, { lineWidth: -1 });
}

function titleOf({ title }: ExportedSite, label: string): string {
  return (title === null ? label : `${title}: ${label}`).slice(0, 300);
}

/** Whether the settings are taken as they are, as far as this one goes. */
function isReadable(settings: Record<string, unknown>, name: string): boolean {
  const alone = { title: 'x', url: 'https://example.org/', [name]: settings[name] };
  return parseSite(Buffer.from(dump(alone)), { url: null }).problems.length === 0;
}
