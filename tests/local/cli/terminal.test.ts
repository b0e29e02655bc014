import { describe, expect, it } from 'vitest';
import { createTerminal } from '../../../local/cli/terminal.ts';

describe('createTerminal', () => {
  it('keeps results on standard output and everything else on standard error', () => {
    const { host, written } = createHost({ isTTY: false });
    const terminal = createTerminal(host, () => 0);
    terminal.print('result');
    terminal.note('note');
    expect(written).toEqual({ stdout: 'result\n', stderr: 'note\n' });
  });

  it('colours in a terminal, unless NO_COLOR or a dumb terminal forbids it', () => {
    const styleWith = (isTTY: boolean, env = {}) =>
      createTerminal(createHost({ isTTY, env }).host, () => 0).style('red', 'x');
    expect(styleWith(true)).toBe('\u001b[31mx\u001b[39m');
    expect(styleWith(false)).toBe('x');
    expect(styleWith(true, { NO_COLOR: '1' })).toBe('x');
    expect(styleWith(true, { TERM: 'dumb' })).toBe('x');
  });

  it('draws a bar for long work in a terminal, no wider than it is, and takes it away', () => {
    let now = 0;
    const { host, written } = createHost({ isTTY: true, columns: 30 });
    const progress = createTerminal(host, () => now).startProgress('Publishing');
    progress.update(1, 4);
    expect(written.stderr).toBe('');
    now = 500;
    progress.update(2, 4);
    expect(written.stderr).toBe(`\r\u001b[KPublishing ${'█'.repeat(12)}${'░'.repeat(6)}`);
    progress.stop();
    expect(written.stderr.endsWith('\r\u001b[K')).toBe(true);
  });

  it('says of timed work how long it will take, and nothing where lines can’t be redrawn', () => {
    let now = 0;
    const [shown, piped] = [createHost({ isTTY: true }), createHost({ isTTY: false })];
    const bars = [shown, piped].map(({ host }) => createTerminal(host, () => now).startProgress('Importing', 'timed'));
    for (const bar of bars) {
      now = 10_000;
      bar.update(100, 1_000);
      now = 20_000;
      bar.update(900, 1_000);
      bar.stop();
      now = 0;
    }
    expect(shown.written.stderr).toContain(' 100/1000, 1 min 30 s left');
    expect(shown.written.stderr).toContain(' 900/1000, 3 s left');
    expect(piped.written.stderr).toBe('');
  });

  it('says where long work is in plain lines elsewhere', () => {
    let now = 0;
    const { host, written } = createHost({ isTTY: false });
    const progress = createTerminal(host, () => now).startProgress('Publishing');
    for (now = 0; now <= 25_000; now += 1_000) progress.update(now / 1_000, 100);
    progress.stop();
    expect(written.stderr).toBe('Publishing: 10 of 100\nPublishing: 20 of 100\n');
  });
});

function createHost({ isTTY, env = {}, columns = 80 }: { isTTY: boolean; env?: object; columns?: number }) {
  const written = { stdout: '', stderr: '' };
  const streamTo = (name: 'stdout' | 'stderr') => ({
    isTTY,
    columns,
    write: (text: string) => {
      written[name] += text;
    },
  });
  return { written, host: { stdout: streamTo('stdout'), stderr: streamTo('stderr'), env: { ...env } } };
}
