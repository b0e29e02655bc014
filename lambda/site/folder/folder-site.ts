/** The settings that an article is read with: those of site.yaml, and for what it does not say those of folder files. */

import type { Person } from '../../model/article.ts';
import type { Site } from '../../model/site.ts';
import type { FolderSaying } from './folder-rules.ts';

/**
 * Articles under the same folder files have the very same object, by which they are sent to other threads together. The
 * settings of a former revision are forgotten with it.
 */
const known = new WeakMap<Site, Map<string, Site>>();

export function siteFor(site: Site, { settings }: Pick<FolderSaying, 'settings'>): Site {
  if (settings.length === 0) return site;
  const sites = known.get(site) ?? new Map<string, Site>();
  known.set(site, sites);
  const name = JSON.stringify(settings.map(({ by, version }) => [by, version]));
  const found = sites.get(name) ?? joinSettings(site, settings);
  sites.set(name, found);
  return found;
}

function joinSettings(site: Site, settings: FolderSaying['settings']): Site {
  const all = settings.map((each) => each.settings);
  const timeZone = site.isTimeZoneStated ? undefined : all.findLast((each) => each.timeZone !== undefined)?.timeZone;
  const dates = site.dates ?? all.findLast((each) => each.dates !== undefined)?.dates;
  const files = settings.filter((each) => each.settings.people !== undefined);
  const people = files.flatMap((each) => Object.entries(each.settings.people ?? {}));
  const labels = all.flatMap(({ tagLabels = {} }) => Object.entries(tagLabels));
  return {
    ...site,
    ...(timeZone !== undefined && { timeZone }),
    ...(dates !== undefined && { dates }),
    ...(labels.length > 0 && { tagLabels: Object.fromEntries(labels) }),
    people: {
      ...Object.fromEntries(people.map(([name, person]) => [name, onSite(person, site)])),
      ...site.people,
    },
    ...(files.length > 0 && { peopleFiles: [...new Set(files.map(({ by }) => by))] }),
  };
}

/** Addresses that begin with a slash are of the site. */
function onSite(person: Person, site: Site): Person {
  const whole = (address: string | null) =>
    address?.startsWith('/') ? new URL(address.replace(/^\/+/, ''), site.url).href : address;
  return { ...person, url: whole(person.url), avatar: whole(person.avatar) };
}
