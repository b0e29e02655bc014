/**
 * The preview server's share of CloudFront: the very functions that run there, between Node's messages and what the
 * store of public documents answers.
 */

import type { IncomingMessage } from 'node:http';
import { queryPairs, splitQuery } from '../../lambda/address/former/written-query.ts';
import { decodedPath, type EdgeHeaders, type EdgeRequest, type EdgeResponse } from '../../lib/edge/event.ts';
import { handler as settleRequest } from '../../lib/edge/viewer-request.ts';
import { handler as settleResponse } from '../../lib/edge/viewer-response.ts';

/** The edge's answer to a request, or the path that it asks the store for. */
export type Settled =
  | { readonly kind: 'answer'; readonly response: EdgeResponse }
  /** The object to look for: its path, and the request as the functions know it. */
  | { readonly kind: 'object'; readonly path: string; readonly request: EdgeRequest };

export function settle(message: IncomingMessage): Settled {
  const { path, query } = splitQuery(message.url ?? '/');
  const request: EdgeRequest = {
    method: message.method ?? 'GET',
    uri: path,
    querystring: Object.fromEntries([...queryPairs(query ?? '')].map(([name, value]) => [name, { value }])),
    headers: edgeHeaders(message.headers),
  };
  const settled = settleRequest({ request });
  if ('statusCode' in settled) return { kind: 'answer', response: settled };
  // A path that can't be decoded is no object's.
  return { kind: 'object', path: decodedPath(settled.uri) ?? '', request: settled };
}

/** The status and header fields that leave, given those of the stored object; metadata among them. */
export function finish(
  request: EdgeRequest,
  status: number,
  fields: Readonly<Record<string, string>>,
): { readonly status: number; readonly fields: Readonly<Record<string, string>> } {
  const response = settleResponse({ request, response: { statusCode: status, headers: edgeHeaders(fields) } });
  return { status: response.statusCode, fields: plainFields(response.headers) };
}

export function plainFields(headers: EdgeHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, field]) => (field ? [[name, field.value]] : [])));
}

function edgeHeaders(fields: Readonly<Record<string, string | readonly string[] | undefined>>): EdgeHeaders {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), { value: String(value) }]],
    ),
  );
}
