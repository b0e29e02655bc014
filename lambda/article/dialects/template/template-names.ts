/** Names of tags and people that are template code: no generator resolves it in front matter, and nobody is called so. */

import type { Field } from '../../../model/fields.ts';
import type { Report } from '../../../model/report.ts';

const CODE = /\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}/;

/** Whether a name that a field gives is to be left out, which the report, if there is one, then tells. */
export function isTemplateName(name: string, field: Field, report?: Report): boolean {
  const [code] = CODE.exec(name) ?? [];
  if (code === undefined) return false;
  const message = `The template code ${code} in “${field.name}” is no name, so it was left out.`;
  report?.add('template-left-out', field.line, message, 'Write the name that it stands for.');
  return true;
}
