/**
 * Docusaurus' `blog/tags.yml`: how the tags are called that articles beside and below it name by their keys. The address of a tag's feed
 * is made of the key, so another label moves nothing. The file holds nothing back.
 */

import { type FieldValue, isMap, textIn } from '../../model/fields.ts';
import { placeOf } from './folder-file.ts';
import type { Reading, Said } from './folder-source.ts';

export function readTagLabels(key: string, reading: Reading): Said {
  const fields = 'doubt' in reading ? null : reading.fields;
  const labels = [...(fields?.values() ?? [])].flatMap(({ name, value }) => {
    const label = labelIn(value)?.trim() ?? '';
    return label === '' ? [] : [[name, label] as const];
  });
  const rules =
    labels.length === 0 ? [] : [{ under: placeOf(key).folder, site: { tagLabels: Object.fromEntries(labels) } }];
  return { rules, doubt: null };
}

function labelIn(value: FieldValue): string | null {
  return value !== null && isMap(value) ? textIn(value, ['label']) : null;
}
