/**
 * Changes to a text that somebody has marked in it (CriticMarkup, as MkDocs and editors have it). They are read as if they had
 * been accepted: what was taken out is gone, what was put in is there, and what was marked stays marked. Its remarks
 * (`{>>…<<}`) are template-remark.ts's.
 */

import type { Dialect } from '../shape/dialect.ts';

/** What is longer, or spans paragraphs, is text. */
const TAKEN_OUT = /\{--(?!-)((?:(?!--\}|\n[ \t]*\n)[\s\S]){1,4000}?)--\}/g;
const PUT_IN = /\{\+\+((?:(?!\+\+\}|\n[ \t]*\n)[\s\S]){1,4000}?)\+\+\}/g;
const REPLACED = /\{~~((?:(?!~~\}|~>|\n[ \t]*\n)[\s\S]){0,4000}?)~>((?:(?!~~\}|\n[ \t]*\n)[\s\S]){0,4000}?)~~\}/g;
const MARKED = /\{(==(?:(?!==\}|\n[ \t]*\n)[\s\S]){1,4000}?==)\}/g;

export const criticMarks: Dialect<unknown> = {
  name: 'CriticMarkup',
  applies: (text, { kind }) => kind === 'markdown' && /\{(?:--|\+\+|~~|==)/.test(text),
  expand: (body) => {
    body.replace(TAKEN_OUT, ([, words = '']) => words.replace(/[^\n]+/g, ''));
    body.replace(REPLACED, ([, before = '', after = '']) => before.replace(/[^\n]+/g, '') + after);
    for (const pattern of [PUT_IN, MARKED]) body.replace(pattern, ([, words = '']) => words);
  },
};
