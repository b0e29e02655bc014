/** A document in XML as a tree, for what is small enough to be held whole: one page of a feed. */

import type { Readable } from 'node:stream';
import { ImportFailure } from '../model/import-failure.ts';
import { decodeChunks } from './text-chunks.ts';
import { createXmlReader } from './xml-reader.ts';

export interface XmlNode {
  /** Without its prefix, in lower case. */
  readonly name: string;
  /** Empty where it is in none. */
  readonly namespace: string;
  /** By name as written. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Texts and elements in order. */
  readonly children: readonly (XmlNode | string)[];
}

/** Gives the root. */
export async function readXmlTree(stream: Readable, where: string): Promise<XmlNode> {
  const stack: { readonly node: XmlNode & { children: (XmlNode | string)[] }; readonly spaces: Spaces }[] = [];
  let root: XmlNode | null = null;
  const reader = createXmlReader(
    {
      open(written, attributes) {
        const spaces = declare(attributes, stack.at(-1)?.spaces ?? XML_ONLY);
        const [prefix, local] = splitName(written);
        const node = { name: local.toLowerCase(), namespace: spaces.get(prefix) ?? '', attributes, children: [] };
        stack.at(-1)?.node.children.push(node);
        stack.push({ node, spaces });
        root ??= node;
      },
      text: (text) => void stack.at(-1)?.node.children.push(text),
      close: () => void stack.pop(),
    },
    where,
  );
  for await (const text of decodeChunks(stream, where)) reader.write(text);
  reader.end();
  if (root === null) throw new ImportFailure(where, 'holds no XML.', 'Name a feed.');
  return root;
}

type Spaces = ReadonlyMap<string, string>;
const XML_ONLY: Spaces = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]);

function declare(attributes: Readonly<Record<string, string>>, around: Spaces): Spaces {
  const own = Object.entries(attributes).filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  if (own.length === 0) return around;
  return new Map([...around, ...own.map(([name, value]): [string, string] => [name.slice(6), value.trim()])]);
}

function splitName(written: string): readonly [prefix: string, local: string] {
  const colon = written.indexOf(':');
  return colon === -1 ? ['', written] : [written.slice(0, colon), written.slice(colon + 1)];
}

/** All text in it, in order. */
export function textOf(node: XmlNode | undefined): string {
  if (node === undefined) return '';
  return node.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

export function elementsOf(node: XmlNode): readonly XmlNode[] {
  return node.children.filter((child) => typeof child !== 'string');
}
