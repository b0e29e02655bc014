import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importInto, makeTrialFolder, namesIn, readWritten } from '../../../support/import-trial.ts';
import { type LoopbackServer, startLoopback } from '../../../support/loopback.ts';
import { wxr } from '../../../support/wxr.ts';

describe('pictures that are fetched', () => {
  let server: LoopbackServer;
  const asked: string[] = [];
  const answers = new Map<
    string,
    { readonly status?: number; readonly type?: string; readonly body?: string; readonly location?: string }
  >();

  beforeEach(async () => {
    asked.length = 0;
    answers.clear();
    server = await startLoopback((request, response) => {
      asked.push(request.url ?? '');
      const {
        status = 200,
        type = 'image/png',
        body = 'PNG',
        location,
      } = answers.get(request.url ?? '') ?? { status: 404 };
      response.writeHead(status, { 'content-type': type, ...(location !== undefined && { location }) }).end(body);
    });
  });
  afterEach(() => server.close());

  async function importContent(content: string, out: string, ...args: readonly string[]) {
    const file = join(makeTrialFolder(), 'e.xml');
    writeFileSync(file, wxr({ id: 1, content }).replaceAll('https://salt.example', server.origin));
    return importInto(out, file, '--url', `${server.origin}/`, ...args);
  }

  it('lie at their old paths, so no link breaks, and are not fetched again', async () => {
    answers.set('/wp-content/uploads/a.png', { body: 'PICTURE' });
    answers.set('/wp-content/uploads/b.pdf', { type: 'application/pdf' });
    const out = makeTrialFolder();
    const content = `<img src="${server.origin}/wp-content/uploads/a.png"><a href="${server.origin}/wp-content/uploads/b.pdf">b</a>`;
    const { printed } = await importContent(content, out, '--fetch');
    expect(printed).toContain('2 files beside them');
    expect(readWritten(out).get('wp-content/uploads/a.png')).toBe('PICTURE');
    expect(readWritten(out).get('_posts/2026-07-04-post-1.html')).toContain(content);
    asked.length = 0;
    await importContent(content, out, '--fetch');
    expect(asked).toEqual([]);
  });

  it('are not asked for where nobody said so, and are told', async () => {
    const out = makeTrialFolder();
    const { printed } = await importContent(`<img src="${server.origin}/a.png">`, out);
    expect(asked).toEqual([]);
    expect(printed).toContain(
      '1 × files that the export does not hold, and that stay on the old site (--fetch brings them)',
    );
  });

  it('are told where they can’t be had, and come with the next import', async () => {
    answers.set('/page.png', { type: 'text/html', body: '<h1>Sign in</h1>' });
    const out = makeTrialFolder();
    const content = `<img src="${server.origin}/gone.png"><img src="${server.origin}/page.png"><img src="${server.origin}/later.png">`;
    const { printed, code } = await importContent(content, out, '--fetch');
    expect(code).toBe(0);
    expect(printed).toContain('status 404');
    expect(printed).toContain('it is no picture (text/html)');
    expect(namesIn(out)).toEqual(['_posts/2026-07-04-post-1.html', 'site.yaml']);
    answers.set('/later.png', {});
    await importContent(content, out, '--fetch');
    expect(namesIn(out)).toContain('later.png');
  });

  it('never come from a private network that an export names, nor by a redirect that leads there', async () => {
    const other = await startLoopback((request, response) => {
      asked.push(`other ${request.url}`);
      response.writeHead(200, { 'content-type': 'image/png' }).end('SECRET');
    });
    try {
      answers.set('/a.png', { status: 302, location: `${other.origin}/b.png` });
      const out = makeTrialFolder();
      const { printed } = await importContent(
        `<img src="${other.origin}/direct.png"><img src="http://localhost:${other.port}/c.png"><img src="${server.origin}/a.png">`,
        out,
        '--fetch',
      );
      expect(asked).toEqual(['/a.png']);
      expect(printed).toContain(
        '3 × files that can’t be fetched (import again to go on): its address lies in a private network',
      );
      expect(namesIn(out)).toEqual(['_posts/2026-07-04-post-1.html', 'site.yaml']);
    } finally {
      await other.close();
    }
  });

  it('end where redirects go in a circle', async () => {
    answers.set('/a.png', { status: 302, location: '/a.png' });
    const { printed } = await importContent(`<img src="${server.origin}/a.png">`, makeTrialFolder(), '--fetch');
    expect(asked).toHaveLength(6);
    expect(printed).toContain('more than 5 redirects');
  });
});
