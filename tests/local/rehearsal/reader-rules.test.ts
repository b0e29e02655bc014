import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { READER_RULES, renderReaderTable } from '../../../local/rehearsal/reader-rules.ts';

describe('the rules of readers', () => {
  it('are those of at least twelve, each with how it is known', () => {
    expect(new Set(READER_RULES.map(({ reader }) => reader)).size).toBeGreaterThanOrEqual(12);
    expect(READER_RULES.filter(({ known }) => known === 'run').length).toBeGreaterThanOrEqual(9);
  });

  it('stand in the docs as they stand in the code', () => {
    const page = readFileSync(new URL('../../../docs/moving.md', import.meta.url), 'utf8');
    expect(page).toContain(renderReaderTable());
  });
});
