/** The page at a former address, for servers that can do no better: it leads on by itself, and says where. */

import { escapeAddress } from '../text/xml.ts';

/** Where such a page leads; null for a page of any other kind. */
export function readRedirectPage(body: Uint8Array): string | null {
  const address = /<link rel="canonical" href="([^"]*)">/.exec(new TextDecoder().decode(body))?.[1];
  const target = address
    ?.replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  return target !== undefined && Buffer.compare(renderRedirectPage(target), body) === 0 ? target : null;
}

/** @param target absolute */
export function renderRedirectPage(target: string): Uint8Array {
  const address = escapeAddress(target);
  return Buffer.from(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Moved</title>
<link rel="canonical" href="${address}">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=${address}">
<p>This is now at <a href="${address}">${address}</a>.</p>
</html>
`);
}
