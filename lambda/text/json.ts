/** JSON of which nobody knows yet what it holds. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** Null for what is no JSON, or no object. */
export function parseObject(text: string): JsonObject | null {
  const value = parseJson(text);
  return isObject(value) ? value : null;
}

/** Undefined, which no JSON says, for what is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
