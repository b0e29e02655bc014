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

const REFERRER_POLICY = 'strict-origin-when-cross-origin';

/** Feeds are for everybody: scripts of any origin may read them, and these of their header fields. */
export const EXPOSED_FIELDS = ['ETag', 'Last-Modified', 'Link'];

/** Every one of the fields, as the headers policy writes them, by their names in lower case. */
export const POLICY_FIELDS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': EXPOSED_FIELDS.join(', '),
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'referrer-policy': REFERRER_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
