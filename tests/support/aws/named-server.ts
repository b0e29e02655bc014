/**
 * The server of S3 on which a test is to run: STORE_ENDPOINT, STORE_KEY and STORE_SECRET name it, as `npm run test:stores` sets
 * them (tools/stores). Null where none is named.
 */

import { MOTO_CLIENT } from './moto.ts';

export interface NamedServer {
  readonly endpoint: string;
  readonly region: string;
  readonly forcePathStyle: true;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export function namedServer(): NamedServer | null {
  const { STORE_ENDPOINT: endpoint, STORE_KEY: accessKeyId = '', STORE_SECRET: secretAccessKey = '' } = process.env;
  if (endpoint === undefined) return null;
  return { ...MOTO_CLIENT, endpoint, credentials: { accessKeyId, secretAccessKey } };
}
