/** Exit codes that every command shares. */
export const EXIT = { published: 0, problems: 1, usage: 2, nothing: 3 } as const;
