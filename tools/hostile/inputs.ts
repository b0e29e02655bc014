/** All hostile articles, and a choice of them that is tried in seconds. */

import { ENCODINGS } from './encodings.ts';
import { FRONT_MATTERS } from './front-matters.ts';
import { EXCESSES, repetitions } from './growth.ts';
import type { HostileInput } from './hostile-input.ts';
import { NAMES } from './names.ts';
import { SCRIPTS } from './scripts.ts';

const FAMILIES: readonly HostileInput[] = [...NAMES, ...ENCODINGS, ...FRONT_MATTERS];

export const ALL_ARTICLES: readonly HostileInput[] = [...SCRIPTS, ...FAMILIES, ...repetitions(1), ...EXCESSES];

/** Every attack once at least: there are 19 fields, and this divides neither them nor the attacks. */
const EVERY = 13;
const SMALL = 0.01;

export const SOME_ARTICLES: readonly HostileInput[] = [
  ...SCRIPTS.filter((_, index) => index % EVERY === 0),
  ...FAMILIES,
  ...repetitions(SMALL),
];
