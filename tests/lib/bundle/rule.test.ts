import { describe, expect, it } from 'vitest';
import { exchange, leaveOut, leaveOutMethods } from '../../../lib/bundle/rule.ts';

describe('exchange', () => {
  it('exchanges what it finds, everywhere', () => {
    expect(exchange('a b a', /a/g, 'c')).toBe('c b c');
  });

  it('fails where there is nothing to exchange', () => {
    expect(() => exchange('b', /a/g, 'c')).toThrow('/a/g');
  });
});

describe('leaveOut', () => {
  it('keeps names of functions and classes', () => {
    const text = 'export const one = () => 1;\nexport async function two() {}\nexport class Three {}\n';
    const left = leaveOut(text);
    for (const name of ['const one', 'const two', 'class Three']) expect(left).toContain(`export ${name}`);
    expect(left).toContain('Three is not in the bundle.');
  });

  it('fails where a module offers nothing', () => {
    expect(() => leaveOut('const one = 1;')).toThrow('offers nothing');
  });
});

describe('leaveOutMethods', () => {
  const CLASS =
    'class A {\n    /** Says a word. */\n    one(word) {\n        return word;\n    }\n    two() {\n        return 2;\n    }\n}\n';

  it('takes methods out, and what is said of them', () => {
    expect(leaveOutMethods(CLASS, ['one'])).not.toContain('word');
    expect(leaveOutMethods(CLASS, ['one'])).toContain('two()');
  });

  it('fails where a method is called, or there is none', () => {
    expect(() => leaveOutMethods(`${CLASS}new A().one(1);`, ['one'])).toThrow('calls one');
    expect(() => leaveOutMethods(CLASS, ['three'])).toThrow('three');
  });
});
