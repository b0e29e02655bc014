/** The page at a former address, for servers that can do no better: it leads on by itself, and says where. */

import { escapeAddress } from './xml.ts';

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
