/** Exports of WordPress as tests import them. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importInto, makeTrialFolder, readWritten } from './import-trial.ts';
import { type WxrFields, wxr, wxrMeta } from './wxr.ts';

/** A picture with its words, as an attachment of post 10. */
export const UPLOAD: WxrFields = {
  id: 4,
  type: 'attachment',
  status: 'inherit',
  guid: 'https://salt.example/wp-content/uploads/a.jpg',
  excerpt: 'Low <em>water</em>',
  parent: 10,
  more: `<wp:attachment_url>https://salt.example/wp-content/uploads/a.jpg</wp:attachment_url>${wxrMeta('_wp_attachment_image_alt', 'Mud &amp; gulls')}`,
};

/** Imports one export into a folder of its own. */
export async function importXml(xml: string | Buffer, ...args: readonly string[]) {
  const folder = makeTrialFolder();
  const file = join(folder, 'export.xml');
  const out = join(folder, 'content');
  writeFileSync(file, xml);
  return { ...(await importInto(out, file, ...args)), out };
}

/** The article that the post becomes, with its front matter. */
export async function articleOf(item: WxrFields, ...more: readonly WxrFields[]): Promise<string> {
  const { out, noted } = await importXml(wxr(item, ...more));
  const article = [...readWritten(out)].find(
    ([name]) => name.startsWith('_posts/') && name.includes(`post-${item.id}`),
  )?.[1];
  if (article === undefined) throw new Error(`no article: ${noted}`);
  return article;
}
