import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readableOn } from '../../../../lambda/render/html/style/colours.ts';
import { renderStylesheet } from '../../../../lambda/render/html/style/stylesheet.ts';
import { site } from '../../fixture.ts';

describe('readableOn', () => {
  it('leaves a colour alone that can be read', () => {
    expect(readableOn('#9a3412', '#ffffff', 4.5)).toBe('#9a3412');
  });

  it('darkens on light paper and brightens on dark', () => {
    expect(readableOn('#ffcc00', '#ffffff', 4.5)).toBe('#8f7200');
    expect(readableOn('#000080', '#111111', 4.5)).toBe('#7575ba');
  });

  it('stands out from the paper, whatever the two are', () => {
    const colour = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`);
    fc.assert(
      fc.property(colour, colour, (accent, paper) => {
        // Black or white stands out by 4.5 from any paper.
        expect(contrast(readableOn(accent, paper, 4.5), paper)).toBeGreaterThanOrEqual(4.49);
      }),
    );
  });
});

describe('renderStylesheet', () => {
  it('puts the accent of the site into both schemes', () => {
    const css = (accent: string | null): string =>
      new TextDecoder().decode(renderStylesheet({ pages: { ...site.pages, accent } }));
    expect(css(null).match(/--accent: #[\da-f]{6}/g)).toHaveLength(2);
    expect(css('#0b6e4f')).toContain('--accent: #0b6e4f');
    expect(css('#0b6e4f')).not.toBe(css(null));
  });
});

/** By the formula of WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
