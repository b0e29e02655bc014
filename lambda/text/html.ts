/** HTML by template: whatever is put in is escaped, unless it is HTML already. No page is written in any other way. */

import { writable } from './xml.ts';

export interface Html {
  readonly text: string;
}

/** A template tag: strings and numbers are escaped for text and for quoted attributes alike. */
export function html(strings: TemplateStringsArray, ...values: readonly (Html | string | number)[]): Html {
  const text = strings.reduce((before, part, index) => {
    const value = values[index - 1] ?? '';
    return before + (typeof value === 'object' ? value.text : escapeHtml(String(value))) + part;
  });
  return { text };
}

/** Takes text that is HTML, and safe, as it is. */
export function rawHtml(text: string): Html {
  return { text };
}

export function joinHtml(parts: readonly Html[], separator = ''): Html {
  return { text: parts.map(({ text }) => text).join(separator) };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Without the characters that no document may hold. */
function escapeHtml(text: string): string {
  return writable(text).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
