/** What a sound or a film says of itself. */
export interface FilmFacts {
  /** Not rounded; null when unknown. */
  readonly durationSeconds: number | null;
  /** Pixels, as shown; null for a sound. */
  readonly width: number | null;
  readonly height: number | null;
  /** False where it was seen that nothing is to be looked at; null when unknown. */
  readonly hasPicture: boolean | null;
}

export const NOTHING_KNOWN: FilmFacts = {
  durationSeconds: null,
  width: null,
  height: null,
  hasPicture: null,
};

export function lasting(durationSeconds: number | null): FilmFacts {
  return { ...NOTHING_KNOWN, durationSeconds };
}
