/** Exit codes that every command shares. `interrupted` is what shells give for Ctrl-C. */
export const EXIT = { published: 0, problems: 1, usage: 2, nothing: 3, interrupted: 130 } as const;
