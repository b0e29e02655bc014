/**
 * Documents are put together from pieces: an entry is rendered once per format and its bytes are kept for as long as
 * the entry itself is, so that a page costs little more than copying memory.
 */

/** Makes a renderer of pieces that keeps what it has rendered, by the identity of what it is given. */
export function keepPieces<Source extends object>(render: (source: Source) => string): (source: Source) => Uint8Array {
  const kept = new WeakMap<Source, Uint8Array>();
  return (source) => {
    const known = kept.get(source);
    if (known !== undefined) return known;
    const piece = Buffer.from(render(source));
    kept.set(source, piece);
    return piece;
  };
}

/** The bytes of a document. */
export function joinPieces(head: string, pieces: readonly Uint8Array[], tail: string): Uint8Array {
  return Buffer.concat([Buffer.from(head), ...pieces, Buffer.from(tail)]);
}
