import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText } from '../../../lambda/text/xml.ts';
import { parseXml } from '../../../local/check/xml-tree.ts';

describe('parseXml', () => {
  it('reads names in their namespaces, attributes and text', () => {
    const root = parseXml(
      '<?xml version="1.0"?>\n<!-- a - b --><a xmlns="urn:x" xmlns:y="urn:y" b=\'1 &lt; 2\'>x<y:c d="&#x41;"/>&amp;<![CDATA[<&]]></a>\n',
    );
    expect(root).toMatchObject({ name: 'a', namespace: 'urn:x', text: 'x&<&' });
    expect([...root.attributes]).toEqual([['b', '1 < 2']]);
    expect(root.children).toMatchObject([{ name: 'c', namespace: 'urn:y', text: '' }]);
    expect(root.children[0]?.attributes.get('d')).toBe('A');
  });

  it.each([
    ['<a>', 'line 1 leaves a open'],
    ['<a></b>', 'ends b'],
    ['<a/><b/>', 'a second root'],
    ['<a b="1" b="2"/>', 'the attribute b twice'],
    ['<a>\n<b></a>', 'line 2 ends a'],
    ['<a>]]></a>', '“]]>”'],
    ['<a>&unknown;</a>', 'a reference to nothing'],
    ['<a>&constructor;</a>', 'a reference to nothing'],
    ['<a>&AMP;</a>', 'a reference to nothing'],
    ['<a>&#X41;</a>', 'a reference to nothing'],
    ['<a>& b</a>', 'a reference to nothing'],
    ['<a>&#1;</a>', 'no place for'],
    ['<a>\u0001</a>', 'no place for'],
    ['<a b="<"/>', 'not well-formed'],
    ['<a b=1/>', 'not well-formed'],
    ['<!DOCTYPE a><a/>', 'not well-formed'],
    ['<p:a/>', 'a prefix that nothing declares'],
    [' <?xml version="1.0"?><a/>', 'the very first thing'],
    ['<a><?xml\nversion="1.0"?></a>', 'the very first thing'],
    ['<a><? b?></a>', 'not well-formed'],
    ['', 'has no element'],
    ['<a/>b', 'text outside of the root'],
    ['<a/><![CDATA[ ]]>', 'text outside of the root'],
  ])('refuses %s', (source, reason) => {
    expect(() => parseXml(source)).toThrow(reason);
  });

  it('gives back any text that was escaped', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseXml(`<a>${escapeText(text)}</a>`).text).toBe(text);
      }),
    );
  });
});
