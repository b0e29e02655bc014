import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createProblem, PROBLEM_SEVERITY, type ProblemCode, tellOnce } from '../../lambda/model/problem.ts';

const PAGE = readFileSync(new URL('../../docs/problems.md', import.meta.url), 'utf8');

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

describe('problems that one answer settles', () => {
  const problem = (code: ProblemCode, path: string, message: string) =>
    createProblem(code, { path, line: null, message, fix: 'Mend it.' });

  it('are told once, with how many files have them', () => {
    const problems = [
      problem('status-unknown', 'a.md', 'A word.'),
      problem('date-missing', 'a.md', 'No date.'),
      problem('status-unknown', 'b.md', 'Another word.'),
      problem('status-unknown', 'b.md', 'A word.'),
      problem('status-unknown', 'b.md', 'A word.'),
      problem('date-missing', 'b.md', 'No date.'),
      problem('status-unknown-public', 'c.md', 'A word.'),
    ];
    expect(tellOnce(problems).map(({ code, path, message }) => `${code} ${path} ${message}`)).toEqual([
      'status-unknown a.md A word. It stands in 2 files.',
      'date-missing a.md No date.',
      'status-unknown b.md Another word.',
      'date-missing b.md No date.',
      'status-unknown-public c.md A word.',
    ]);
  });
});
