/** Pages that only lead somewhere else are files of a site, but no articles. */

import { findField } from '../../model/fields.ts';
import type { FrontMatter } from './front-matter/front-matter.ts';

export function isRedirect({ fields, body }: Pick<FrontMatter, 'fields' | 'body'>): boolean {
  return body.trim() === '' && findField(fields, ['redirect', 'redirectto', 'redirecturl']) !== null;
}
