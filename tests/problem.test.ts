import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createProblem, PROBLEM_SEVERITY } from '../lambda/problem.ts';

const PAGE = readFileSync(new URL('../docs/problems.md', import.meta.url), 'utf8');

describe('the page of problems', () => {
  it('explains every code, in alphabetical order, and no other', () => {
    const explained = [...PAGE.matchAll(/^## (.+)$/gm)].map(([, code]) => code);
    expect(explained).toEqual(Object.keys(PROBLEM_SEVERITY).sort());
  });

  it.each(Object.entries(PROBLEM_SEVERITY))('says of %s that it is an %s', (code, severity) => {
    const section = PAGE.split(`## ${code}\n\n`)[1] ?? '';
    expect(section.startsWith(severity === 'error' ? 'Error' : 'Warning')).toBe(true);
  });
});

describe('a problem', () => {
  it('is said on one line, whatever it quotes of a file', () => {
    const quoted = 'a\r\n\tb\u001b[31mc\u202ed\ud800 “🌊”';
    const { message, fix } = createProblem('field-invalid', { path: 'a.md', line: 1, message: quoted, fix: quoted });
    expect(message).toBe('a b\ufffd[31mc\ufffdd\ufffd “🌊”');
    expect(fix).toBe(message);
  });

  it('has an end', () => {
    const about = { path: 'a.md', line: 1, message: `a${'🌊'.repeat(1_000)}`, fix: 'b' };
    expect(createProblem('field-invalid', about).message).toBe(`a${'🌊'.repeat(499)}…`);
  });
});
