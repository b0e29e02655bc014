import { describe, expect, it } from 'vitest';
import { nearestWord } from '../../lambda/text/nearest-name.ts';

describe('nearestWord', () => {
  it('finds what was meant, and nothing where nothing is near', () => {
    expect(nearestWord('sevre', ['serve', 'check'])).toBe('serve');
    expect(nearestWord('publish', ['serve', 'check'])).toBeNull();
    expect(nearestWord('--u', ['--out', '--url'])).toBe('--url');
    expect(nearestWord('--output', ['--url', '--out'])).toBe('--out');
    expect(nearestWord('-p', ['--port'])).toBeNull();
  });
});
