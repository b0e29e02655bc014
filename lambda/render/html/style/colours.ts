/** Colours that can be read: the site's own, made darker or lighter until it stands out from the paper. */

type Channels = readonly [red: number, green: number, blue: number];

const STEP_COUNT = 50;
/** Black and white stand out from it alike. */
const MIDDLE_LUMINANCE = 0.18;

/**
 * The colour itself where it stands out enough from the paper, else the nearest mixture with black or white that does.
 * Colours are written `#rrggbb`; contrast is what WCAG 2.2 calls so.
 */
export function readableOn(colour: string, paper: string, contrastMin: number): string {
  const ground = parse(paper);
  const end: Channels = luminance(ground) > MIDDLE_LUMINANCE ? [0, 0, 0] : [255, 255, 255];
  const own = parse(colour);
  for (let step = 0; step < STEP_COUNT; step += 1) {
    const mixed = mix(own, end, step / STEP_COUNT);
    if (contrast(mixed, ground) >= contrastMin) return format(mixed);
  }
  return format(end);
}

function contrast(a: Channels, b: Channels): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Relative luminance as WCAG defines it. */
function luminance([red, green, blue]: Channels): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function mix(a: Channels, b: Channels, share: number): Channels {
  const between = (from: number, to: number): number => Math.round(from + (to - from) * share);
  return [between(a[0], b[0]), between(a[1], b[1]), between(a[2], b[2])];
}

function parse(colour: string): Channels {
  const number = Number.parseInt(colour.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

function format(channels: Channels): string {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
