/** `feedwright init [folder]`: a small publication to begin with. What is there already stays as it is. */

import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isArticleKey } from '../../../lambda/address/article-key.ts';
import { listAll } from '../../../lambda/store/store.ts';
import { formatRfc3339 } from '../../../lambda/time/moment.ts';
import { SITE_KEY } from '../../../lambda/work/protocol/site-work.ts';
import type { Command } from '../../cli/arguments/command-line.ts';
import { findWholeSite } from '../../generators/whole-site.ts';
import { hasCode } from '../../store/folder-path.ts';
import { createFolderStore } from '../../store/folder-store.ts';
import type { CommandContext } from '../context.ts';
import { assertContentFolder, makeFolder } from '../folders.ts';
import { renderSiteLines } from './site-lines.ts';
import { renderWorkflow } from './workflow.ts';

/** Where the public documents go, hidden from who reads the folder as content. */
const OUT = '.public';
/** Names for `.gitignore`: folders that a build makes again. The state is not one: it remembers ids and first dates. */
const IGNORED = [`${OUT}/`, '.feedwright/', 'node_modules/'];

/** Files that any repository may have. */
const OF_REPOSITORY = /^(?:readme|changelog|contributing|licen[cs]e|security)\.[a-z]+$/i;

export async function init(
  { folder, workflow }: Extract<Command, { kind: 'init' }>,
  { terminal, now }: CommandContext,
): Promise<number> {
  makeFolder(folder);
  assertContentFolder(folder);
  const site = findWholeSite(folder);
  const isContent = !existsSync(join(folder, 'content')) && (await hasArticles(folder));
  const [only = '.', ...others] = site?.folders ?? [isContent ? '.' : 'content'];
  const content = join(folder, others.length === 0 ? only : '.');
  const place = relative(folder, content).replaceAll('\\', '/') || '.';
  const hasOwn = await hasArticles(content);
  const found = [...(site?.settings ?? [])];
  const settings = new Map(found.map(([name, { value }]) => [name, value]));
  const sources = [...new Set(found.map(([, each]) => each.from))];
  const files = [
    { path: join(content, SITE_KEY), text: renderSiteLines(settings, sources) },
    ...(hasOwn ? [] : [{ path: join(content, 'hello.md'), text: renderFirst(now()) }]),
    { path: join(folder, '.gitignore'), text: `${IGNORED.join('\n')}\n` },
    ...(workflow === null
      ? []
      : [
          {
            path: join(folder, '.github/workflows/feeds.yml'),
            text: renderWorkflow(workflow, { content: place, out: OUT }),
          },
        ]),
  ];
  for (const { path, text } of files) {
    const isNew = create(path, text);
    terminal.print(isNew ? path : `${path} was there already, and stays as it is`);
  }
  const from = folder === '.' ? '' : `cd ${folder} && `;
  terminal.note(
    `Look at it: ${from}feedwright serve ${place}\nPublish it: ${from}feedwright build ${place} --out ${OUT}`,
  );
  return 0;
}

async function hasArticles(folder: string): Promise<boolean> {
  if (!existsSync(folder)) return false;
  for await (const { key } of listAll(createFolderStore({ root: folder, readOnly: true }), '')) {
    if (isArticleKey(key) && !OF_REPOSITORY.test(key)) return true;
  }
  return false;
}

function renderFirst(at: number): string {
  const date = formatRfc3339({ at, offsetMinutes: 0 });
  return `---
title: Hello
date: ${date}
tags: [news]
---

This is the first article. Write the next one into a file beside it, or begin it with \`feedwright new "Its title"\`.
`;
}

/** @returns false where the file is there already */
function create(path: string, text: string): boolean {
  makeFolder(dirname(path));
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}
