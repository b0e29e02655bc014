/** Pictures that are turned or cropped when they are shown. */

import { describe, expect, it } from 'vitest';
import { probeAsset } from '../../../lambda/article/media/media.ts';

type Bytes = readonly number[];

const ascii = (text: string): Bytes => [...text].map((character) => character.charCodeAt(0));
const big16 = (value: number): Bytes => [(value >>> 8) & 255, value & 255];
const big32 = (value: number): Bytes => [value >>> 24, (value >>> 16) & 255, ...big16(value)];
const little16 = (value: number): Bytes => big16(value).toReversed();
const little32 = (value: number): Bytes => big32(value).toReversed();
const zeros = (count: number): Bytes => Array<number>(count).fill(0);
const sizeOf = (name: string, ...parts: readonly Bytes[]) => {
  const { width, height } = probeAsset(name, Uint8Array.from(parts.flat()));
  return width === null ? null : `${width}x${height}`;
};

const box = (name: string, ...parts: readonly Bytes[]): Bytes => {
  const data = parts.flat();
  return [...big32(data.length + 8), ...ascii(name), ...data];
};
const ftyp = (brand: string, ...others: readonly string[]) => box('ftyp', ascii(brand), zeros(4), ...others.map(ascii));

describe('the size of a picture that is turned or cropped', () => {
  const ispe = (width: number, height: number) => box('ispe', zeros(4), big32(width), big32(height));
  const heif = (brand: string, properties: readonly Bytes[], links: Bytes, item = 1) => [
    ...ftyp(brand),
    ...box(
      'meta',
      zeros(4),
      box('pitm', zeros(4), big16(item)),
      box('iprp', box('ipco', ...properties), box('ipma', zeros(4), ...[links])),
    ),
  ];
  /** What is cut off lies to the right and below, unless it is said how far from the middle the rest is. */
  const clap = (width: number, height: number, [right, down] = [width - 60, height - 40]) =>
    box('clap', ...[width, 1, height, 1, right, 2, down, 2].map(big32));
  const linked = (item: number, ...places: Bytes) => [...big16(item), places.length, ...places];

  it.each(['avif', 'heic'])('is that which is shown in %s', (brand) => {
    const one = (...places: Bytes) => [...big32(1), ...linked(1, ...places)];
    expect(sizeOf('a', heif(brand, [ispe(60, 40)], one(1)))).toBe('60x40');
    expect(sizeOf('a', heif(brand, [ispe(60, 40), box('irot', [1])], one(1, 0x82)))).toBe('40x60');
    expect(sizeOf('a', heif(brand, [ispe(60, 40), box('irot', [2])], one(1, 0x82)))).toBe('60x40');
    expect(sizeOf('a', heif(brand, [ispe(64, 64), clap(60, 40, [-4, -24])], one(1, 0x82)))).toBe('60x40');
    expect(sizeOf('a', heif(brand, [ispe(60, 40), clap(40, 20), box('irot', [3])], one(1, 2, 3)))).toBe('20x40');
  });

  it('is not known where browsers crop otherwise than the format says', () => {
    const inTheMiddle = (brand: string) =>
      heif(brand, [ispe(60, 40), clap(40, 20, [0, 0])], [...big32(1), ...linked(1, 1, 2)]);
    expect(sizeOf('a', inTheMiddle('avif'))).toBeNull();
    expect(sizeOf('a', inTheMiddle('heic'))).toBe('40x20');
  });

  it('is that of the picture that is shown, and not of its parts', () => {
    const links = [...big32(2), ...linked(1, 1), ...linked(2, 2, 3)];
    const properties = [ispe(512, 512), ispe(900, 700), box('irot', [1])];
    expect(sizeOf('a', heif('heic', properties, links, 2))).toBe('700x900');
    expect(sizeOf('a', heif('heic', properties, links, 3))).toBeNull();
  });

  it('is that of a PNG with an orientation, where that stands before its data', () => {
    const chunk = (name: string, data: Bytes) => [...big32(data.length), ...ascii(name), ...data, ...zeros(4)];
    const head = [0x89, ...ascii('PNG\r\n\x1A\n'), ...chunk('IHDR', [...big32(60), ...big32(40), 8, 6, 0, 0, 0])];
    const big = (value: number) => [
      ...ascii('MM\0*'),
      ...big32(8),
      ...big16(1),
      ...big16(0x112),
      ...big16(3),
      ...big32(1),
      ...big16(value),
      ...zeros(6),
    ];
    const little = [
      ...ascii('II*\0'),
      ...little32(8),
      ...little16(1),
      ...little16(0x112),
      ...little16(3),
      ...little32(1),
      ...little16(8),
      ...zeros(6),
    ];
    expect(sizeOf('a.png', head, chunk('eXIf', big(6)), chunk('IDAT', [0]))).toBe('40x60');
    expect(sizeOf('a.png', head, chunk('eXIf', little), chunk('IDAT', [0]))).toBe('40x60');
    expect(sizeOf('a.png', head, chunk('eXIf', big(3)), chunk('IDAT', [0]))).toBe('60x40');
    expect(sizeOf('a.png', head, chunk('IDAT', [0]), chunk('eXIf', big(6)))).toBe('60x40');
  });

  it('is that of the SVG and not of one in a comment', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"/>';
    expect(sizeOf('a.svg', ascii(`<!-- <svg width="1" height="2"> -->${svg}`))).toBe('200x100');
    expect(sizeOf('a.svg', ascii(`<?xml version="1.0"?><!-- a --><!-- <svg width="1" height="2"/> -->${svg}`))).toBe(
      '200x100',
    );
  });
});
