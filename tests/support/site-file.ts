/** Settings of a site from the text of a file, for tests. */

import { expect } from 'vitest';
import type { Site } from '../../lambda/model/site.ts';
import { parseSite } from '../../lambda/site/parse-site.ts';

export function parse(file: string | Uint8Array, url: string | null = null): ReturnType<typeof parseSite> {
  return parseSite(typeof file === 'string' ? new TextEncoder().encode(file) : file, { url });
}

export function good(file: string): Site {
  const { site, problems } = parse(file);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (site === null) throw new Error('There are no settings.');
  return site;
}

export function mistakes(file: string): ReturnType<typeof parseSite>['problems'] {
  const { site, problems } = parse(file, 'https://coast.example/');
  expect(site).toBeNull();
  return problems;
}
