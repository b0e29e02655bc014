/** Properties of a page in Notion's HTML export: a table in the page's header, one property a row. They are no text. */

import { type ChildNode, type Document, type Element, isTag } from 'domhandler';
import { findAll, findOne, getElementsByTagName, textContent } from 'domutils';
import type { Field, FieldValue } from '../../../model/fields.ts';
import { nameFields } from './notion-page.ts';

export interface PropertyTable {
  readonly fields: readonly Field[];
  readonly element: Element;
}

/** The table of a page; null where the page has none, or is not Notion's. */
export function readNotionTable(page: Document, lineAt: (node: ChildNode) => number): PropertyTable | null {
  const article = findOne((one) => one.name === 'article' && hasClass(one, 'page'), page.children);
  const header = article?.children.find((node) => isTag(node) && node.name === 'header');
  const element = findOne((one) => one.name === 'table' && hasClass(one, 'properties'), header ? [header] : []);
  if (element === null) return null;
  const properties = getElementsByTagName('tr', element).flatMap((row): readonly Field[] => {
    const [name, value] = ['th', 'td'].map((cell) => getElementsByTagName(cell, row)[0]);
    const label = name === undefined ? '' : textOf(name);
    return label === '' || value === undefined ? [] : [{ name: label, value: readCell(value), line: lineAt(row) }];
  });
  return { fields: nameFields(properties), element };
}

function readCell(cell: Element): FieldValue {
  const checkbox = findOne((one) => hasClass(one, 'checkbox'), cell.children);
  if (checkbox !== null) return hasClass(checkbox, 'checkbox-on') ? 'Yes' : 'No';
  const selected = findAll((one) => hasClass(one, 'selected-value'), cell.children).map(textOf);
  return selected.length > 1 ? selected : textOf(cell).replace(/^@/, '');
}

function hasClass({ attribs }: Element, name: string): boolean {
  return attribs.class?.split(/\s+/).includes(name) ?? false;
}

function textOf(element: Element): string {
  return textContent(element).replace(/\s+/g, ' ').trim();
}
