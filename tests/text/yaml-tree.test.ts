import { describe, expect, it } from 'vitest';
import { readYamlTree } from '../../lambda/text/yaml-tree.ts';

const read = (source: string) => readYamlTree(source, { depthMax: 5, valuesMax: 20 });

describe('readYamlTree', () => {
  it('keeps texts as they are written, with their lines, and pairs in their order', () => {
    expect(read('title: 2024\nday: 2026-01-01 # a day\nyes: "no"\nyes: ~\n')).toEqual({
      kind: 'tree',
      oddities: [],
      root: {
        kind: 'map',
        line: 1,
        pairs: [
          { name: 'title', line: 1, value: { kind: 'text', text: '2024', isQuoted: false, line: 1 } },
          { name: 'day', line: 2, value: { kind: 'text', text: '2026-01-01', isQuoted: false, line: 2 } },
          { name: 'yes', line: 3, value: { kind: 'text', text: 'no', isQuoted: true, line: 3 } },
          { name: 'yes', line: 4, value: { kind: 'empty', line: 4 } },
        ],
      },
    });
  });

  it('puts in what an alias stands for, merge keys being names like others', () => {
    const { root } = read('a: &x { b: c }\nd:\n  <<: *x\n') as Extract<ReturnType<typeof read>, { kind: 'tree' }>;
    const [a, d] = root.kind === 'map' ? root.pairs : [];
    const [merged] = d?.value.kind === 'map' ? d.value.pairs : [];
    expect(merged).toEqual({ name: '<<', line: 3, value: a?.value });
  });

  it.each([
    ['a: 1\nb: !run x\n', 'tag', 2, '!run'],
    ['a: 1\nb: *nobody\n', 'alias', 2, 'nobody'],
    ['a: 1\n? [b]\n: c\n', 'name', 2, ''],
    ['a: 1\n---\nb: 2\n', 'document', 1, '---'],
  ])('tells what is odd in %j', (source, kind, line, written) => {
    expect(read(source)).toMatchObject({ kind: 'tree', oddities: [{ kind, line, written }] });
  });

  it('counts what aliases repeat, and depth', () => {
    expect(read('a: &a [1, 2, 3]\nb: &b [*a, *a, *a]\nc: [*b, *b]\n')).toEqual({ kind: 'too-many-values', line: 2 });
    expect(read('a: [[[[[[1]]]]]]')).toMatchObject({ kind: 'unreadable', line: 1 });
  });
});
