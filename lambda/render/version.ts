/** Raised whenever the same entries and settings give other bytes than before, so that all documents are made anew. */
export const RENDERER_VERSION = 4;
