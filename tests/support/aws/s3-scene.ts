/** A bucket as the S3 adapter has it, on a server that answers as it was told. */

import { S3Client } from '@aws-sdk/client-s3';
import { afterEach } from 'vitest';
import { createS3Store } from '../../../lambda/aws/s3-store.ts';
import type { Store } from '../../../lambda/store/store.ts';
import { MOTO_CLIENT } from './moto.ts';
import { type ScriptedAnswer, type ScriptedRequest, startScriptedServer } from './scripted-server.ts';

const closings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

export interface S3Scene {
  readonly store: Store;
  /** Another bucket of the same server. */
  readonly content: Store;
  readonly requests: readonly ScriptedRequest[];
  readonly waits: number[];
  readonly events: string[];
}

/** @param answers of the server, in the order of the calls */
export async function scene(...answers: readonly ScriptedAnswer[]): Promise<S3Scene> {
  const server = await startScriptedServer(answers);
  const client = new S3Client({ ...MOTO_CLIENT, endpoint: server.endpoint, maxAttempts: 1 });
  closings.push(async () => {
    client.destroy();
    await server.close();
  });
  const waits: number[] = [];
  const events: string[] = [];
  const store = createS3Store({
    client,
    bucket: 'bucket',
    random: () => 0.5,
    wait: async (delayMs) => {
      waits.push(delayMs);
    },
    observe: (event) => events.push(event),
  });
  const content = createS3Store({ client, bucket: 'content', prefix: 'in/' });
  return { store, content, requests: server.requests, waits, events };
}
