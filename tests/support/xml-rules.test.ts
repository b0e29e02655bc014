import { describe, expect, it } from 'vitest';
import { renderDocument } from '../../lambda/render/render.ts';
import { documents } from '../render/fixture.ts';
import { checkXml } from './xml-rules.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

function check(body: string): readonly string[] {
  return checkXml(new TextEncoder().encode(DECLARATION + body));
}

describe('checkXml', () => {
  it.each([
    '<a/>',
    '<a>x &amp; y &#x26; z</a>\n',
    '<a xmlns:b="c"><b:d b:e="f"/></a>',
    '<a><![CDATA[<&]]]]><![CDATA[>]]></a>',
    '<a><!-- b --></a>',
    "<a b='\"'/>",
  ])('takes %s', (body) => {
    expect(check(body)).toEqual([]);
  });

  it.each([
    '',
    'x',
    '<a/><b/>',
    '<a>',
    '<a></b>',
    '<a><b></a></b>',
    '<a b="1" b="2"/>',
    '<a b="<"/>',
    '<a b=1/>',
    '<a>&</a>',
    '<a>&nbsp;</a>',
    '<a>&#0;</a>',
    '<a>&#xD800;</a>',
    '<a>]]></a>',
    '<a>\u0008</a>',
    '<a>\ufffe</a>',
    '<b:a/>',
    '<a b:c="d"/>',
    '<a><![CDATA[x</a>',
    '<a><!-- -- --></a>',
    '<a><?xml version="1.0"?></a>',
    '<a/>text',
    '<1/>',
  ])('refuses %s', (body) => {
    expect(check(body)).not.toEqual([]);
  });

  it('takes every document of a publication that has everything', () => {
    for (const document of Object.values(documents)) {
      for (const format of ['rss', 'atom'] as const) expect(checkXml(renderDocument(document, format))).toEqual([]);
    }
  });
});
