import { describe, expect, it } from 'vitest';
import { createVanishing } from '../../../local/publication/vanishing.ts';

describe('a folder that is watched', () => {
  it('is warned of once, when most of it goes in a moment, in however many portions', () => {
    const vanishing = createVanishing();
    expect(vanishing.note(6, 40, 0)).toBeNull();
    expect(vanishing.note(6, 34, 300)).toBe(12);
    expect(vanishing.note(28, 28, 600)).toBeNull();
  });

  it('is not warned of when somebody removes a few, again and again', () => {
    const vanishing = createVanishing();
    for (let at = 0; at < 10; at += 1) expect(vanishing.note(6, 40 - at, at * 60_000)).toBeNull();
    expect(vanishing.note(0, 0, 0)).toBeNull();
  });

  it('is warned of again the next time', () => {
    const vanishing = createVanishing();
    expect(vanishing.note(20, 40, 0)).toBe(20);
    expect(vanishing.note(20, 40, 3_600_000)).toBe(20);
  });
});
