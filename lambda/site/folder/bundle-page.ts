/** What `index.md` says of what lies beside it: where it has a date, it is a post, and no page that leads to posts. */

import { readDates } from '../../article/fields/dates/date-fields.ts';
import { splitFrontMatter } from '../../article/source/front-matter/front-matter.ts';
import { toBoolean } from '../../model/fields.ts';
import { createReport } from '../../model/report.ts';
import { decodeSource } from '../../text/source-text.ts';

/** Whether the page is a post, or one that Hugo keeps for its parts alone; also where nobody can read that. */
export function isPost(key: string, body: Uint8Array): boolean {
  const report = createReport(key);
  const source = decodeSource(body);
  const matter = source.kind === 'text' ? splitFrontMatter(source.text, { mdx: false }, report) : null;
  if (matter === null) return true;
  const isHeadless = toBoolean(matter.fields.get('headless')?.value ?? null) === true;
  return (
    isHeadless || readDates(matter.fields, key, { timeZone: 'UTC' }, report).published !== null || report.hasErrors()
  );
}
