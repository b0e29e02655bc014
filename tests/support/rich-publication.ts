/**
 * A publication with a little of everything that the state store remembers: an archive whose directory has a part, frozen
 * dates, articles that share a claim, an image, former addresses, items of a JSON file, removals.
 */

import { createHash } from 'node:crypto';
import { createTestPublication, TEST_NOW, type TestPublication, type TestPublicationOptions } from './publication.ts';

const POST_COUNT = 40;
const HOUR_MS = 60 * 60 * 1000;
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Settled; its clock stands a day after everything happened. */
export async function createRichPublication(options: TestPublicationOptions = {}): Promise<TestPublication> {
  const publication = await createTestPublication(options);
  await publication.put(
    'site.yaml',
    'title: Letters\nid: letters\npageSize: 10\ndeletedEntries: true\nredirects:\n  /old/: /feeds/\n',
  );
  for (let index = 0; index < POST_COUNT; index += 1) await publication.put(`post-${index}.md`, postText(index));
  await publication.put('sun.gif', GIF);
  await publication.put('a-shared.md', '---\ntitle: First\ndate: 2026-05-28\npermalink: /shared/\n---\nMine.\n');
  await publication.settle();
  publication.now += HOUR_MS;
  await publication.put('0-shared.md', '---\ntitle: Second\ndate: 2026-05-29\npermalink: /shared/\n---\nNot mine.\n');
  await publication.put(
    'undated.md',
    '---\ntitle: Undated\ntags: [sea]\nimage: sun.gif\naliases: [/before/]\n---\nWords.\n',
  );
  await publication.put('edited.md', '---\ntitle: Edited\ndate: 2026-05-30\n---\nWords.\n');
  await publication.put(
    'items.json',
    JSON.stringify(
      [1, 2].map((each) => ({ title: `Item ${each}`, content_text: 'Words.', ...(each === 2 && { id: 'a-word' }) })),
    ),
  );
  await publication.put('gone.md', '---\ntitle: Gone\ndate: 2026-05-01\n---\nWords.\n');
  await publication.settle();
  publication.now += HOUR_MS;
  await publication.put('edited.md', '---\ntitle: Edited\ndate: 2026-05-30\n---\nOther words.\n');
  await publication.settle();
  publication.now += HOUR_MS;
  await publication.put('gone.md', null);
  // Both end pages.
  await publication.put('post-9.md', null);
  await publication.put('post-28.md', null);
  await publication.settle();
  publication.now = TEST_NOW + 24 * HOUR_MS;
  await publication.publisher.tick();
  await publication.settle();
  return publication;
}

function postText(index: number): string {
  const date = new Date(Date.UTC(2026, 0, index + 1)).toISOString();
  const id =
    index === POST_COUNT / 2 ? idThatEndsPart() : index % 2 === 0 ? `tag:example.org,2026:${index}` : `word-${index}`;
  return `---\ntitle: Post ${index}\ndate: ${date}\nid: "${id}"\ntags: [t${index % 2}]\n---\nWords.\n`;
}

/** The id of an entry that is sure to end a page, and with it a part of the directory. */
function idThatEndsPart(): string {
  for (let number = 0; ; number += 1) {
    const id = `tag:example.org,2026:part-${number}`;
    const hash = createHash('sha256').update(id).digest('hex');
    if (hash.startsWith('ff') && Number.parseInt(hash.slice(8, 12), 16) % 128 === 0) return id;
  }
}
