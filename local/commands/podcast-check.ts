/** Whether the podcasts of a publication are what directories ask for: their artwork and every episode are looked at. */

import { ASSET_HEAD_BYTES, type AssetFacts, probeAsset } from '../../lambda/article/media/media.ts';
import { artworkOf, checkShow, type EpisodeSource } from '../../lambda/feed/entry/podcast-rules.ts';
import { comparePositions, positionOf } from '../../lambda/model/entry.ts';
import type { Problem } from '../../lambda/model/problem.ts';
import type { Site } from '../../lambda/model/site.ts';
import { readJson } from '../../lambda/state/json-object.ts';
import { RECORDS_PREFIX } from '../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../lambda/state/record.ts';
import { listAll, type Store } from '../../lambda/store/store.ts';

/** Warnings about all podcasts that the site defines. */
export async function checkPodcasts(site: Site, content: Store, state: Store): Promise<readonly Problem[]> {
  const shows = site.feeds.flatMap((definition) => {
    const { podcast } = definition;
    return podcast === undefined ? [] : [{ definition, podcast, site }];
  });
  if (shows.length === 0) return [];
  const records = await readRecords(state);
  const problems: Problem[] = [];
  for (const show of shows) {
    const episodes = episodesOf(show.definition.name, records);
    const artwork = await probeArtwork(artworkOf(show), site, content);
    problems.push(...checkShow({ ...show, artwork, episodes }));
  }
  return problems;
}

async function readRecords(state: Store): Promise<readonly ArticleRecord[]> {
  const records: ArticleRecord[] = [];
  for await (const { key } of listAll(state, RECORDS_PREFIX)) {
    const stored = await readJson<ArticleRecord>(state, key);
    if (stored !== null) records.push(stored.value);
  }
  return records;
}

/** Oldest first. */
function episodesOf(feed: string, records: readonly ArticleRecord[]): readonly EpisodeSource[] {
  return records
    .flatMap(({ key, shown }) => shown.flatMap(({ entry, feeds }) => (feeds.includes(feed) ? [{ key, entry }] : [])))
    .sort((a, b) => comparePositions(positionOf(a.entry), positionOf(b.entry)));
}

async function probeArtwork(
  address: string | null,
  site: Site,
  content: Store,
): Promise<AssetFacts | 'missing' | null> {
  if (address === null || !address.startsWith(site.url)) return null;
  const key = decodeURIComponent(address.slice(site.url.length));
  const object = await content.read(key, { firstBytes: ASSET_HEAD_BYTES });
  return object === null ? 'missing' : probeAsset(key, object.body, object.lengthBytes);
}
