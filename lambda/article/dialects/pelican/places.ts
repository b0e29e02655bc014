/**
 * The places of Pelican: `[words]({tag}sea birds)`. What they name may hold blanks, at which Markdown would see no link. All
 * else that they mean is said where addresses are read.
 */

import type { Dialect } from '../shape/dialect.ts';

const PLACE =
  /(?<=\]\()(?:\{(?:tag|category|author|filename|static|attach)\}|\|(?:tag|category|author|filename)\|)[^()"'\n]{1,300}(?=\))/g;
const PLACES = new RegExp(PLACE, '');

export const pelicanPlaces: Dialect = {
  name: 'places of Pelican',
  applies: (text, { kind }) => kind === 'markdown' && PLACES.test(text),
  expand: (body) =>
    body.replace(PLACE, ([written]) => (written.includes(' ') ? written.trim().replaceAll(' ', '%20') : null)),
};
