/** The events and results of CloudFront Functions, as far as ours use them. Header names are in lower case. */

export type EdgeHeaders = Record<string, { value: string } | undefined>;

export interface EdgeRequest {
  readonly method: string;
  /** The path, percent-encoded, without the query. */
  uri: string;
  /** Of a name that came several times `value` is the first, and `multiValue` has all. */
  readonly querystring: Record<string, { value: string; multiValue?: readonly { value: string }[] } | undefined>;
  readonly headers: EdgeHeaders;
}

export interface EdgeResponse {
  statusCode: number;
  statusDescription?: string;
  readonly headers: EdgeHeaders;
  readonly body?: { readonly encoding: 'text'; readonly data: string };
}

/** The path as keys have it, without the slash in front; null when it is not percent-encoded UTF-8. */
export function decodedPath(uri: string): string | null {
  try {
    return decodeURIComponent(uri).slice(1);
  } catch {
    return null;
  }
}
