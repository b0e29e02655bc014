/**
 * Documents are put together from pieces: an entry is rendered once per format and its text is kept for as long as the
 * entry itself is.
 */

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
