/**
 * Whether a document in XML is as ours are: in UTF-8 without a byte order mark, with a declaration that says so, with
 * names that every parser takes, and well-formed. By the publication's own strict reader, which is written apart from its
 * writer; that others agree with it is what the readers and the W3C's validator say.
 */

import { parseXml, type XmlElement, XmlError } from '../../local/check/xml-tree.ts';

/** What is wrong with an XML document, the first fault only where it is not well-formed; nothing when all is right. */
export function checkXml(bytes: Uint8Array): readonly string[] {
  const xml = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  if (!xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>')) return ['no declaration'];
  try {
    return findOddNames(parseXml(xml));
  } catch (error) {
    if (error instanceof XmlError) return [error.message];
    throw error;
  }
}

function findOddNames({ name, attributes, children }: XmlElement): readonly string[] {
  const odd = [name, ...attributes.keys()].filter((each) => !/^[\w.:-]+$/.test(each));
  return [...odd.map((each) => `the name ${each}`), ...children.flatMap(findOddNames)];
}
