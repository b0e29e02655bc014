import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { createXmlReader, type XmlHandler } from '../../../../local/import/xml/xml-reader.ts';
import { createRandom, type Random } from '../../../simulation/random.ts';

const NAMES = ['a', 'wp:b', 'content:encoded', 'item', 'x-y.z'];
const ATTRIBUTES = [
  '',
  ' k="v"',
  ` k='a&amp;b' j = "2>1"`,
  ' isPermaLink="false"',
  '\n q="&#x41;&lt;"',
  ' e=""',
  ' k="1" k="2"',
];
const INSIDE = [
  ...[
    'text',
    'a &amp; b &#65; &nope; &amp',
    '<![CDATA[<p>x</p> &amp; ]] > ]>]]>',
    '<![CDATA[]]>',
    '<e/>',
    '<e k="v" />',
  ],
  ...[
    '<!-- c <a> <![CDATA[ -->',
    '<!---->',
    '<!-- - -- --->',
    '<?php echo "a>b"; ?>',
    '\n',
    '> ]]> "',
    '鰻😀',
    'a < b',
  ],
];

function makeDocument(random: Random, depth: number): string {
  const name = random.pick(NAMES);
  const inside = Array.from({ length: random.below(5) }, () =>
    depth > 0 && random.chance(0.3) ? makeDocument(random, depth - 1) : random.pick(INSIDE),
  );
  return `<${name}${random.pick(ATTRIBUTES)}>${inside.join('')}</${name}${random.pick(['', ' ', '\n'])}>`;
}

/** Texts joined, whatever pieces they came in. */
function createNotes(): { readonly handler: XmlHandler; readonly notes: readonly unknown[] } {
  const notes: unknown[] = [];
  const handler: XmlHandler = {
    open: (name, attributes) => void notes.push({ open: name, attributes: { ...attributes } }),
    text(text) {
      const last = notes.at(-1);
      if (typeof last === 'string') notes[notes.length - 1] = last + text;
      else if (text !== '') notes.push(text);
    },
    close: (name) => void notes.push({ close: name }),
  };
  return { handler, notes };
}

function readParts(handler: XmlHandler, ...parts: readonly string[]): void {
  const reader = createXmlReader(handler, 'f');
  for (const part of parts) reader.write(part);
  reader.end();
}

function refusalOf(...parts: readonly string[]): string {
  try {
    readParts({ open: () => {}, text: () => {}, close: () => {} }, ...parts);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('XML', () => {
  it('is read as by htmlparser2, wherever it is cut into parts', () => {
    for (let seed = 1; seed <= 1_000; seed += 1) {
      const random = createRandom(seed);
      const start = random.pick(['<?xml version="1.0"?>\n', '', '<!DOCTYPE rss>\n', '<!-- c -->']);
      const text = `${start}${makeDocument(random, 4)}\n`;
      const expected = createNotes();
      const { handler } = expected;
      const judge = new Parser(
        { onopentag: handler.open, ontext: handler.text, onclosetag: (name) => handler.close(name) },
        { xmlMode: true, decodeEntities: true },
      );
      judge.end(text);
      const cuts = [0, ...Array.from({ length: 6 }, () => random.below(text.length)), text.length].sort(
        (a, b) => a - b,
      );
      const read = createNotes();
      readParts(read.handler, ...cuts.slice(1).map((cut, index) => text.slice(cuts[index], cut)));
      expect([text, read.notes]).toEqual([text, expected.notes]);
    }
  });

  it('tells the line of what opens', () => {
    const lines: number[] = [];
    const reader = createXmlReader(
      { open: () => void lines.push(reader.line()), text: () => {}, close: () => {} },
      'f',
    );
    for (const part of ['<a>\n<b', '>\n\n<![CDATA[\n', ']]><c\nk="v"/>', '</b><d/>\n</a>']) reader.write(part);
    expect(lines).toEqual([1, 2, 5, 6]);
  });

  it('is refused where it is cut off, does not nest, or goes on and on', () => {
    expect(refusalOf('<a>\n<b>', 'text')).toContain('f:2: ends within <b>: the file was cut off.');
    expect(refusalOf('<a>\n<![CDATA[ text ]]')).toContain('f:2: ends within <a>: the file was cut off.');
    expect(refusalOf('<a>\n<b></a>')).toContain('f:2: closes another element while <b> is open.');
    expect(refusalOf('<a>\n', ...Array.from({ length: 3 }, () => `<b k="${'x'.repeat(600_000)}`))).toContain(
      'f:2: has a tag without an end.',
    );
    expect(refusalOf('<a>'.repeat(501))).toContain('f:1: has elements nested more than 500 deep.');
    expect(refusalOf('<!DOCTYPE a [<!ENTITY b "c">]><a/>')).toContain('f:1: declares entities of its own.');
    expect(refusalOf('words')).toContain('f holds no XML.');
    expect(refusalOf('<a></b></a>')).toBe('');
  });
});
