/** The preview page of any publication, drawn from the bytes of an input. Nothing in it acts but its own script. */

import fc from 'fast-check';
import { renderContent } from '../../../lambda/article/content.ts';
import { createProblem } from '../../../lambda/model/problem.ts';
import { type PreviewModel, renderPreview } from '../../../local/preview/page.ts';
import { findActiveInPage } from '../../hostile/active-content.ts';
import { createDraws, type Draws } from '../draws.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { ODD_TEXTS } from '../seeds.ts';
import { FUZZ_SITE } from '../site.ts';

export const target: FuzzTarget<string> = {
  name: 'preview',
  seeds: () => [new Uint8Array(), Uint8Array.from({ length: 400 }, (_, index) => (index * 37) % 256)],
  dictionary: ODD_TEXTS,
  inputs: fc.uint8Array({ maxLength: 400 }),
  run: (input) => renderPreview(drawModel(createDraws(input))),
  judge: (page) => findActiveInPage(page).filter((found) => !isItsOwn(found)),
};

/** Parts of the page itself: its script and icon, and buttons that copy an address. */
function isItsOwn(found: string): boolean {
  const own = ['<script>', '<script src="/_preview/preview.js"', '<button>', '<link href="data:image/svg+xml,%3Csvg '];
  return own.some((beginning) => found.startsWith(beginning));
}

function drawModel(draws: Draws): PreviewModel {
  const { html } = renderContent({ kind: 'html', text: draws.text(), firstLine: 1 }, CONTEXT);
  return {
    revision: draws.text(),
    site: draws.maybe(() => ({
      title: draws.text(),
      description: draws.text(),
      language: draws.pick(['en', 'ar']),
      pages: { articles: draws.below(2) > 0 },
    })),
    siteUrl: draws.pick(['https://coast.example/', 'http://localhost:8080/']),
    folder: draws.text(),
    counts: { published: draws.below(9), drafts: draws.below(9), scheduled: 0, broken: draws.below(9) },
    feeds: draws.list(3, () => ({
      name: draws.pick(['all', 'tags/sea', 'talks']),
      title: draws.text(),
      entries: draws.below(9),
      rss: 'https://coast.example/rss.xml',
      atom: 'https://coast.example/%C3%A4/atom.xml?a&b',
      json: 'https://coast.example/feed.json',
    })),
    latest: draws.list(2, () => ({
      id: `urn:x:${draws.below(9)}`,
      url: draws.maybe(() => 'https://coast.example/a/?b&c'),
      title: draws.text(),
      published: draws.maybe(() => '2024-01-01T00:00:00Z'),
      authors: draws.list(2, draws.text),
      tags: draws.list(2, draws.text),
      language: draws.maybe(() => 'he'),
      summary: draws.text(),
      contentHtml: html,
      attachments: draws.list(1, () => ({
        url: 'https://coast.example/a.mp3',
        mimeType: 'audio/mpeg',
        title: draws.text(),
      })),
    })),
    problems: draws.list(3, () =>
      createProblem('field-invalid', {
        path: draws.text(),
        line: draws.maybe(() => draws.below(99) + 1),
        message: draws.text(),
        fix: draws.text(),
      }),
    ),
    coming: draws.list(2, () => ({
      key: draws.text(),
      title: draws.text(),
      language: draws.pick(['en', 'ar']),
      state: draws.pick(['draft', 'scheduled'] as const),
      date: draws.maybe(() => '2030-01-01T00:00:00Z'),
      waitMs: draws.maybe(() => draws.below(99) * 1_000_000),
    })),
    runs: draws.list(2, () => ({
      at: draws.below(99) * 1_000_000_000,
      about: draws.text(),
      published: draws.below(9),
      removed: draws.below(9),
      files: draws.list(2, () => ({
        key: draws.text(),
        removed: draws.below(2),
        entries: draws.list(2, () => ({
          title: draws.text(),
          url: 'https://coast.example/a/?b&c',
          change: draws.pick(['new', 'changed'] as const),
        })),
      })),
      documents: draws.list(2, () => ({ path: draws.text(), change: draws.pick(['written', 'removed'] as const) })),
      documentCount: draws.below(99),
    })),
    documents: { count: draws.below(9), faulty: draws.below(2) },
  };
}

const CONTEXT = { key: 'a.md', articleUrl: 'https://coast.example/paper/a/', site: FUZZ_SITE };
