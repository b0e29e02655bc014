/** Whether an address can be reached from everywhere, as far as its host tells. */

/** Names that never lead to the public web: RFC 2606, RFC 6761, RFC 6762, RFC 8375 and ICANN's `internal`. */
const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|internal|test|invalid|lan|home\.arpa)$|^[^.]+$/;
/** 0/8, 10/8, 100.64/10, 127/8, 169.254/16, 172.16/12, 192.168/16. */
const PRIVATE_IPV4 =
  /^(?:0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;
/** The loopback, what is mapped to IPv4, unique local (fc00::/7) and link-local (fe80::/10) addresses. */
const PRIVATE_IPV6 = /^\[(?:::1?\]|::ffff:|f[cd]|fe[89ab])/;

/** @param address an absolute one */
export function isPublicAddress(address: string): boolean {
  const host = URL.parse(address)?.hostname.replace(/\.$/, '') ?? '';
  if (host.startsWith('[')) return !PRIVATE_IPV6.test(host);
  if (/^\d+(?:\.\d+){3}$/.test(host)) return !PRIVATE_IPV4.test(host);
  return host !== '' && !PRIVATE_NAME.test(host);
}
