/**
 * Compressed variants, as the publisher stores them beside its texts. Compressing takes longer than all else in a
 * history, so a variant here only names its encoding and the version of its text, which is as good: the same for the
 * same text, and another for each other one.
 */

import { hasVariants, plainPathOf, VARIANTS } from '../../lambda/address/variants.ts';
import type { Store, StoredObject } from '../../lambda/store/store.ts';
import { createVariantStore } from '../../lambda/store/variant-store.ts';
import { type SimulatedStore, versionOf } from './simulated-store.ts';

const texts = new WeakMap<Uint8Array, Uint8Array>();
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function withVariants(store: Store): Store {
  return createVariantStore(store, async (encoding, _, text) => {
    const variant = encoder.encode(nameOf(encoding, versionOf(text)));
    texts.set(variant, text);
    return variant;
  });
}

/** How a client asks: for the plain document, or for one of its variants. The edge gives no other where that is missing. */
export const ENDINGS = ['', ...VARIANTS.map(({ ending }) => ending)];

/** The document that a client sees in an object, or null where it doesn't ask for that. */
export function seenThrough(
  ending: string,
  path: string,
  body: Uint8Array,
): { readonly path: string; readonly text: Uint8Array } | null {
  if (ending === '') return { path, text: body };
  const text = path.endsWith(ending) ? texts.get(body) : undefined;
  return text === undefined ? null : { path: path.slice(0, -ending.length), text };
}

/**
 * What must hold when nothing is under way: every variant is that of its text, which is there.
 *
 * @param isLeft of texts that stay as they are, and so do their variants, whatever was written last
 */
export function inspectVariants(site: SimulatedStore, isLeft: (path: string) => boolean): readonly string[] {
  const alone = site.keys.filter((path) => !site.objects.has(plainPathOf(path) ?? path));
  const kept = [...site.objects.values()].filter(({ key }) => hasVariants(key) && !isLeft(key));
  return [
    ...alone.map((path) => `${path} is there without its text`),
    ...kept.flatMap((text) => wrongVariants(site, text)),
  ];
}

function wrongVariants(site: SimulatedStore, text: StoredObject): readonly string[] {
  return VARIANTS.flatMap(({ encoding, ending }) => {
    const variant = site.objects.get(text.key + ending);
    if (variant === undefined) return [`${text.key + ending} is missing`];
    const isRight = decoder.decode(variant.body) === nameOf(encoding, text.version);
    return isRight ? [] : [`${text.key + ending} is that of another text`];
  });
}

function nameOf(encoding: string, version: string): string {
  return `${encoding} ${version}`;
}
