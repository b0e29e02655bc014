/** The readers of fields, given any values: a line of the input is a name and a value, in JSON where that can be read. */

import fc from 'fast-check';
import { composeArticle } from '../../../../lambda/article/compose.ts';
import type { ParsedArticles } from '../../../../lambda/model/article.ts';
import { createFields, type Field, toFieldValue } from '../../../../lambda/model/fields.ts';
import { createReport } from '../../../../lambda/model/report.ts';
import type { FuzzTarget } from '../../engine/target.ts';
import { countLines, judgeParsed } from '../../judges.ts';
import { anyValue, bytesOf } from '../../seeds.ts';
import { FUZZ_SITE } from '../../site.ts';
import { FIELD_NAMES, YAML_WORDS } from '../../words.ts';

const KEY = 'talks/_posts/2024-03-04-a b.de.md';
const line = fc
  .tuple(fc.constantFrom(...FIELD_NAMES), anyValue(FIELD_NAMES))
  .map(
    ([name, value]) => `${name}=${typeof value === 'string' && !/[\n\r]/.test(value) ? value : JSON.stringify(value)}`,
  );

export const target: FuzzTarget<ParsedArticles> = {
  name: 'fields',
  seeds: () => SEEDS.map(bytesOf),
  dictionary: [...FIELD_NAMES.map((name) => `\n${name}=`), ...YAML_WORDS, '["', '","', '"]', '{"', '":"', '"}'],
  inputs: fc.array(line, { maxLength: 10 }).map((lines) => bytesOf(lines.join('\n'))),
  run(input) {
    const report = createReport(KEY);
    const fields = createFields(new TextDecoder().decode(input).split('\n').map(readLine));
    const article = composeArticle(
      {
        key: KEY,
        fields,
        body: { kind: 'markdown', text: 'Text.', firstLine: 1 },
        heading: null,
        plainFields: false,
        lead: null,
        defaultPath: null,
        itemText: null,
      },
      FUZZ_SITE,
      report,
    );
    return { articles: article === null || report.hasErrors() ? [] : [article], problems: report.problems };
  },
  judge: (parsed, input) => judgeParsed(parsed, countLines(input)),
};

function readLine(line: string, index: number): Field {
  const [name = ''] = line.split('=', 1);
  const text = line.slice(name.length + 1);
  return { name, value: readValue(text), line: index + 1 };
}

function readValue(text: string): Field['value'] {
  try {
    return toFieldValue(JSON.parse(text));
  } catch {
    return text;
  }
}

const SEEDS = [
  'title=A <b>title</b>\ndate=2024-01-01 10:00 Europe/Paris\ntags=sea, c++\nauthor=Ana <ana@a.example> and Bo\npermalink=/a/:slug/',
  'date=Mon, 01 Jan 2024 10:00:00 EST\nupdated=1704067200\nexpires=["2024"]\naliases=["/a", "https://coast.example/paper/b"]',
  'audio={"url":"a.mp3","length":"12","duration":"01:02:03","type":"audio/mpeg"}\nepisode=3\nseason=1\nexplicit=yes\nchapters=c.json',
  'podcast={"audio":"a.mp3","transcript":["t.vtt","t.de.srt"],"people":[{"name":"Ana","role":"guest"}],"soundbites":[{"start":1,"duration":2}]}',
  'image={"src":"../a.png","alt":"x","width":"12","height":12.5,"caption":"<i>c</i>"}\nattachments=[{"url":"b.pdf"}]\nid=urn:x:y\nlang=de_AT',
  'canonical_url=https://b.example/\nexternal_url=<https://c.example/a b>\nlayout=draft\ndraft=no\nsection=Ä & Ö\nrights=© <me>',
];
