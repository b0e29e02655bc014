/**
 * Renditions: one and the same sound or film in several files, which have one address but for its ending
 * (`fog.mp3`, `fog.ogg`). Formats announce them as such, so that nobody gets the same twice.
 */

import type { Media } from '../../model/entry.ts';

/** The media in order of appearance, renditions together. */
export function groupRenditions(media: readonly Media[]): readonly (readonly Media[])[] {
  const groups = new Map<string, Media[]>();
  for (const one of media) {
    const name = nameOf(one);
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups.values()];
}

function nameOf({ url, mimeType }: Media): string {
  return /^(?:audio|video)\//.test(mimeType) ? url.replace(/\.[a-z\d]{2,5}$/i, '') : url;
}
