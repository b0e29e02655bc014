/**
 * Documents are put together from pieces: an entry is rendered once per format and its text is kept for as long as the
 * entry itself is.
 */

/**
 * The pieces as one text. It is not `join`, because V8 then copies the text once more for what is put before and behind it,
 * and what is longer than 128 kB costs more to place in memory than to copy.
 */
export function joinPieces(start: string, pieces: readonly string[], end: string): string {
  let text = start;
  for (const piece of pieces) text += piece;
  return text + end;
}

/** Makes a renderer of pieces that keeps what it has rendered, by the identity of what it is given. */
export function keepPieces<Source extends object, Piece = string>(
  render: (source: Source) => Piece,
): (source: Source) => Piece {
  const kept = new WeakMap<Source, Piece>();
  return (source) => {
    const known = kept.get(source);
    if (known !== undefined) return known;
    const piece = render(source);
    kept.set(source, piece);
    return piece;
  };
}
