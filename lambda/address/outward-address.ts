/**
 * Addresses as documents show them: RSS and many readers take URIs only, in the ASCII characters of RFC 3986, so
 * letters of other scripts are percent-encoded and their host names written in Punycode.
 */

const URI = /^[\w:/?#@!$&'()*+,;=.~%-]*$/;
const OUTSIDE_URI = /[^\w:/?#[\]@!$&'()*+,;=.~%-]/gu;

/** The URI of an IRI; an address that is a URI already stays as it is. */
export function toUri(iri: string): string {
  if (URI.test(iri)) return iri;
  // A host in brackets is an IPv6 address; anywhere else RFC 3986 forbids them.
  const { prefix, rest } = splitHost(URL.parse(iri)?.href ?? iri.toWellFormed());
  return prefix + rest.replace(OUTSIDE_URI, encodeURIComponent).replaceAll('[', '%5B').replaceAll(']', '%5D');
}

function splitHost(address: string): { prefix: string; rest: string } {
  const prefix = /^\w+:\/\/(?:[^/?#@]*@)?\[[0-9a-f:.]*\]/i.exec(address)?.[0] ?? '';
  return { prefix, rest: address.slice(prefix.length) };
}
