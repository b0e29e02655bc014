/**
 * Raised whenever the same files and settings give other bytes than before, so that all articles are read, and all
 * documents made, anew.
 */
export const RENDERER_VERSION = 7;
