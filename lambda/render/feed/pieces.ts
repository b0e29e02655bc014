/**
 * Documents are put together from pieces: an entry is rendered once per format and its text is kept for as long as the
 * entry itself is.
 */

/**
 * Texts that stand one behind the other. They are encoded one by one: V8 would make one text of them first, and that takes
 * several times as long. A content is a text of its own, which the entry holds anyway.
 */
export type Texts = readonly string[];

/** One list of a beginning, of what each item gives, and of an end. */
export function chainTexts(start: string, items: readonly Texts[], end: string): Texts {
  const texts = [start];
  for (const item of items) for (const text of item) texts.push(text);
  texts.push(end);
  return texts;
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
