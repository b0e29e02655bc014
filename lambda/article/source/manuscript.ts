/** What every source format is read into: fields and a body. compose.ts makes an article of it. */

import type { Doubt } from '../../model/article.ts';
import { type Fields, type FieldValue, isMap } from '../../model/fields.ts';
import { fingerprintOf } from '../../text/fingerprint.ts';
import type { ContentSource } from '../html/context.ts';

export interface Manuscript {
  readonly key: string;
  readonly fields: Fields;
  readonly body: ContentSource;
  /** A heading at the top of the body, already taken out of it: the title, if the fields have none. */
  readonly heading: string | null;
  /** The same as it was written. @default it has no marks */
  readonly headingMarkup?: string;
  /** Fields hold plain text, in which `<` and `&` mean themselves, instead of text with markup. */
  readonly plainFields: boolean;
  /** The lead, where the source format tells it better than the rendered body. */
  readonly lead: string | null;
  /** Instead of the key's own path, for one of several articles in a file. */
  readonly defaultPath: string | null;
  /** The item as it stands in a JSON file; null where the whole file is the article. */
  readonly itemText: string | null;
  /** Why nobody knows whether it may be published. */
  readonly doubt?: Doubt;
  /** What the file says for all of its items, as far as it is this one's too. */
  readonly sharedText?: string;
}

/**
 * The fingerprint of what a manuscript says. Line ends, comments, the order of fields and quotation marks are gone by
 * then, and no settings or renderer had a hand in it: so it tells a touch of the file from an edit, whatever else changed.
 */
export function fingerprintWording({ fields, heading, lead, body }: Manuscript): string {
  const said = [...fields].map(([name, { value }]): Said => [name, plain(value)]);
  return fingerprintOf(JSON.stringify([inOrder(said), heading, lead, body.text.trim()]));
}

type Said = readonly [name: string, value: unknown];

function plain(value: FieldValue): unknown {
  if (value === null || typeof value === 'string') return value;
  return isMap(value) ? inOrder([...value].map(([name, inner]): Said => [name, plain(inner)])) : value.map(plain);
}

function inOrder(said: readonly Said[]): readonly Said[] {
  return said.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
