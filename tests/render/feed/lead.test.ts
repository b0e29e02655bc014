import { describe, expect, it } from 'vitest';
import { saysAlready } from '../../../lambda/render/feed/lead.ts';

describe('saysAlready', () => {
  it('finds a summary that was made from the text', () => {
    expect(saysAlready('<p>The <em>sea</em> &amp; the\nsky are one today.</p>', 'The sea & the sky are…')).toBe(true);
    expect(saysAlready('<p>The sea.</p>', 'A word on the sky.')).toBe(false);
  });
});
