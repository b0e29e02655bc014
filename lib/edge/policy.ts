/** The header fields that are the same on every answer: CloudFront's headers policy, and the preview server, add them. */

/**
 * No script runs, and nothing of a page can be framed or sent anywhere. Pictures, sound and video may come from
 * elsewhere, as articles have them, and so may the stylesheet that the settings name.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self' https:",
  'img-src * data:',
  'media-src *',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const REFERRER_POLICY = 'strict-origin-when-cross-origin';

/** Feeds are for everybody: scripts of any origin may read them, and these of their header fields. */
export const EXPOSED_FIELDS = ['ETag', 'Last-Modified', 'Link'];
