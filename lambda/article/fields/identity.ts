/**
 * What an article is known as: the id that its author wrote, the address of its original, and the page that it points
 * to.
 *
 * An id that is an IRI (`tag:…`, `urn:…`, `https://…`) stays as it is. Any other text or number (`id: 42`) has two
 * forms: itself, and the IRI that is made of it (entry-id.ts).
 */

import { articlesBase } from '../../model/addresses.ts';
import { ADDRESS_CHARACTERS_MAX } from '../../model/article-limits.ts';
import { entryIdOf, findIdFault } from '../../model/entry-id.ts';
import { type Field, type Fields, findField, findFields, textIn } from '../../model/fields.ts';
import type { Report } from '../../model/report.ts';
import type { ContentContext } from '../html/context.ts';
import { resolveAddress } from '../html/reference.ts';

const CANONICAL_NAMES = ['canonicalurl', 'canonical', 'canonicallink', 'originalurl', 'sourceurl'];
const EXTERNAL_NAMES = ['externalurl', 'externallink', 'link', 'linkurl'];

/** The id as an absolute IRI, and as the word that it is; null where the author states none. */
export function readId(
  fields: Fields,
  siteId: string,
  report: Report,
): { readonly id: string; readonly word?: string } | null {
  const field = fields.get('id') ?? fields.get('guid');
  if (field === undefined || field.value === null) return null;
  const id = typeof field.value === 'string' ? field.value.trim() : '';
  const fault = findIdFault(id);
  if (fault !== null) {
    report.add(
      'id-invalid',
      field.line,
      `The id ${fault}.`,
      'Write it on one line, as readers know it, or remove the line and let the id be made.',
    );
    return null;
  }
  const { id: iri, guid } = entryIdOf(id, siteId);
  return { id: iri, ...(guid !== undefined && { word: guid }) };
}

/** The absolute address of the original, where it lies elsewhere. `elsewhere` is one already found in another field. */
export function readCanonicalUrl(
  fields: Fields,
  elsewhere: string | null,
  context: ContentContext,
  report: Report,
): string | null {
  for (const field of findFields(fields, CANONICAL_NAMES)) {
    const url = readAddressField(field, context, report);
    if (url !== null && !url.startsWith(articlesBase(context.site))) return url;
  }
  return elsewhere;
}

/** The page that a link post is about. */
export function readExternalUrl(fields: Fields, context: ContentContext, report: Report): string | null {
  const field = findField(fields, EXTERNAL_NAMES);
  return field === null ? null : readAddressField(field, context, report);
}

function readAddressField(field: Field, context: ContentContext, report: Report): string | null {
  const value = field.value instanceof Map ? textIn(field.value, ['url', 'href']) : field.value;
  const text = typeof value === 'string' ? value.trim().replace(/^<(.*)>$/, '$1') : '';
  const address = text.length > ADDRESS_CHARACTERS_MAX ? null : resolveAddress(text, context);
  if (address !== null && /^https?:/.test(address.url)) return address.url;
  const message = `The field “${field.name}” holds no address that can be used.`;
  report.add('field-unreadable', field.line, message, 'Write a whole address that begins with “https://”.');
  return null;
}
