/** yarr by the calls that its page makes. */

import { join } from 'node:path';
import { findFreePort } from '../../../tests/support/loopback.ts';
import { callJson, programOf, type ReaderServer, type ServerEntry, startServer, waitFor } from './server.ts';

interface Item {
  readonly id: number;
  readonly guid: string;
  readonly title: string;
  readonly link: string;
  readonly content?: string;
  readonly date: string;
  readonly status: 'unread' | 'read' | 'starred';
  readonly media_links: readonly { readonly url: string }[] | null;
}

export async function openYarr(folder: string): Promise<ReaderServer | null> {
  const program = programOf('yarr');
  if (program === null) return null;
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const options = ['-addr', `127.0.0.1:${port}`, '-db', join(folder, 'yarr.db')];
  const server = await startServer(program, options, { PATH: process.env.PATH, HOME: folder }, `${origin}/`);
  const isIdle = async () => (await callJson<{ running: number }>(`${origin}/api/status`, 'GET')).running === 0;
  return {
    origin,
    async subscribe(address) {
      const { status } = await callJson<{ status: string }>(`${origin}/api/feeds`, 'POST', { body: { url: address } });
      return status === 'success';
    },
    async refresh() {
      await callJson(`${origin}/api/feeds/refresh`, 'POST');
      await waitFor(isIdle);
    },
    async entries() {
      const items: ServerEntry[] = [];
      let after = '';
      for (;;) {
        const page = await callJson<{ list: Item[]; has_more: boolean }>(`${origin}/api/items${after}`, 'GET');
        for (const { id } of page.list) items.push(shownItem(await callJson(`${origin}/api/items/${id}`, 'GET')));
        if (!page.has_more) return items;
        after = `?after=${page.list.at(-1)?.id}`;
      }
    },
    home: async () => (await callJson<{ link: string }[]>(`${origin}/api/feeds`, 'GET'))[0]?.link ?? '',
    readAll: () => callJson(`${origin}/api/items`, 'PUT'),
    close: () => server.stop(),
  };
}

function shownItem({ guid, title, link, content = '', date, status, media_links }: Item): ServerEntry {
  return {
    id: guid,
    title,
    link,
    published: Date.parse(date) / 1000,
    text: content,
    isNew: status === 'unread',
    files: (media_links ?? []).map(({ url }) => url),
  };
}
