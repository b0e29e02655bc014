import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { addCounters } from '../../../../tools/fuzz/engine/instrument.ts';

/** What a script gives with its branches counted, and how often each was taken. */
function count(script: string): { readonly value: unknown; readonly counts: readonly number[] } {
  const { code, counterCount } = addCounters(`// lambda/a.ts\n${script}`);
  const branchCounters = new Uint8Array(counterCount);
  const value: unknown = runInNewContext(code, { branchCounters });
  return { value, counts: [...branchCounters] };
}

describe('addCounters', () => {
  it.each([
    ['if (1 > 2) "a"; else "b"', 'b', [0, 1]],
    ['if (0) "a"; else if (1) "b"; else "c"', 'b', [0, 1, 0]],
    ['let n = 0; for (let i = 0; i < 3; i++) n += i; n', 3, [3]],
    ['let n = 3; do n--; while (n > 0); n', 0, [3]],
    ['const f = (a) => ({ a }); f(1).a + f(2).a', 3, [2]],
    ['const f = (a) => a ? "x" : ("y", "z"); f(0)', 'z', [1, 0, 1]],
    ['null ?? (0 || "c")', 'c', [1, 1]],
    ['function f() { return 1 } f() + f()', 2, [2]],
    ['try { throw 1 } catch { "caught" }', 'caught', [1]],
    ['switch (2) { case 1: "a"; break; case 2: "b" }', 'b', [0, 1]],
    ['class A { get b() { return 2 } static c = () => 3 } new A().b + A.c()', 5, [1, 1]],
    ['const [a = 1 && 7] = []; a', 7, [1]],
  ])('%s', (script, value, counts) => {
    expect(count(script)).toEqual({ value, counts });
  });

  it('counts a branch in a branch apart', () => {
    const { counts } = count('const f = (n) => { if (n > 1) { if (n > 2) return 3; } return 0; }; f(1), f(2), f(3)');
    expect(counts).toEqual([3, 2, 1]);
  });

  it('leaves what drives and judges alone, and takes words from the project only', () => {
    const { code, counterCount, tokens } = addCounters(
      [
        ...['// lambda/a.ts', 'if (x === "own") y();'],
        ...['// node_modules/b/b.js', 'if (x === "other") y();'],
        ...['// tests/c.ts', 'if (x === "test") y();'],
      ].join('\n'),
    );
    expect(counterCount).toBe(2);
    expect(tokens).toEqual(['own']);
    expect(code).toContain('if (x === "test") y();');
  });
});
