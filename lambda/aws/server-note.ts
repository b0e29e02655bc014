/**
 * What the server of the buckets was found to keep, noted in the state store: tried at the first invocation, where it is not
 * Amazon's, and again where the endpoint is another. The operator may name what it lacks instead (environment.ts).
 */

import { randomUUID } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { encodeJson, findJson, STATE_SCHEMA, type StateObject } from '../state/json-object.ts';
import { SERVER_KEY, TRIAL_PREFIX } from '../state/keys.ts';
import { type Store, StoreError } from '../store/store.ts';
import { createS3Store } from './s3-store.ts';
import { AMAZON_S3, type ServerTraits } from './server-traits.ts';
import type { ServerTrial } from './server-trial.ts';

export interface ServerNote extends StateObject {
  /** The address at which it was tried. */
  readonly endpoint: string;
  readonly trial: ServerTrial;
  /** What follows from it. */
  readonly traits: ServerTraits;
  /** Whether several publishers may write at once. */
  readonly allowsSeveral: boolean;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** The server of the buckets; null where it is Amazon's. */
export function endpointOf(variables: Variables): string | null {
  return variables.AWS_ENDPOINT_URL_S3 || variables.AWS_ENDPOINT_URL || null;
}

/** Null where no server was tried yet. */
export async function readServerNote(state: Store): Promise<ServerNote | null> {
  const found = await findJson<ServerNote>(state, SERVER_KEY);
  return found.kind === 'sound' ? found.value : null;
}

/**
 * What the server compares, as noted, else tried now. Two that try at once find the same.
 *
 * @throws a fatal `StoreError` where several publishers would undo what the other wrote
 */
export async function knowServer(client: S3Client, bucket: string, endpoint: string | null): Promise<ServerTraits> {
  if (endpoint === null) return AMAZON_S3;
  const state = createS3Store({ client, bucket });
  const known = await readServerNote(state);
  const note = known?.endpoint === endpoint ? known : await noteServer(client, bucket, endpoint, state);
  if (note.allowsSeveral) return note.traits;
  const lost = Object.entries(note.trial).filter(([, holds]) => !holds);
  throw new StoreError(
    'fatal',
    `The server at ${endpoint} lacks what several publishers at once need (${lost.map(([fact]) => fact).join(', ')}). \`feedwright check-store\` says more. One build at a time may publish there: feedwright build --out s3://…`,
  );
}

async function noteServer(client: S3Client, bucket: string, endpoint: string, state: Store): Promise<ServerNote> {
  // Read late: on Amazon's server nothing is tried, and a start need not read it.
  const { allowsSeveral, traitsOf, tryServer } = await import('./server-trial.ts');
  const nonce = randomUUID();
  const trial = await tryServer(client, bucket, `${TRIAL_PREFIX}${nonce}/`);
  const note = {
    schema: STATE_SCHEMA,
    nonce,
    endpoint,
    trial,
    traits: traitsOf(trial),
    allowsSeveral: allowsSeveral(trial),
  };
  await state.write(SERVER_KEY, encodeJson(note), { headers: { contentType: 'application/json' } });
  return note;
}
