/**
 * The two calls of SQS that the publisher makes, in AWS JSON 1.0
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-json.html), over what the
 * S3 client has already: its connections and time-outs, its credentials, its region and its signature. A second client
 * of the SDK would be a twentieth of what Lambda loads (docs/decisions/011).
 */

import { text } from 'node:stream/consumers';
import type { S3Client } from '@aws-sdk/client-s3';
import type {
  BatchResultErrorEntry,
  ChangeMessageVisibilityBatchRequest,
  SendMessageBatchRequest,
} from '@aws-sdk/client-sqs';
import { SignatureV4 } from '@smithy/signature-v4';
import { isThrottled, statusOf } from './aws-failure.ts';

export interface SqsCalls {
  sendMessageBatch(request: SendMessageBatchRequest): Promise<SqsAnswer>;
  changeMessageVisibilityBatch(request: ChangeMessageVisibilityBatchRequest): Promise<SqsAnswer>;
}

/** Of each message whether it was taken. */
export interface SqsAnswer {
  readonly Failed?: readonly BatchResultErrorEntry[];
}

export interface SqsCallsOptions {
  /** Whose connections and credentials are used. */
  readonly client: Pick<S3Client['config'], 'credentials' | 'region' | 'sha256' | 'requestHandler'>;
  /** Where what imitates SQS listens; null for SQS itself, which listens where a queue's URL says. */
  readonly endpoint: string | null;
  /** @default 4 */
  readonly attemptsMax?: number;
  /** Waits between attempts; handed in so that tests don't. */
  readonly wait?: (delayMs: number) => Promise<void>;
}

const ATTEMPTS_MAX = 4;
const RETRY_DELAY_MS = 100;

/** A refused or failed call throws an error as the SDK's are: a name, a message and `$metadata.httpStatusCode`. */
export function createSqsCalls(options: SqsCallsOptions): SqsCalls {
  const { credentials, region, sha256 } = options.client;
  const signer = new SignatureV4({ service: 'sqs', credentials, region, sha256 });
  return {
    sendMessageBatch: (request) => call(options, signer, 'SendMessageBatch', request),
    changeMessageVisibilityBatch: (request) => call(options, signer, 'ChangeMessageVisibilityBatch', request),
  };
}

type BatchRequest = SendMessageBatchRequest | ChangeMessageVisibilityBatchRequest;

async function call(
  options: SqsCallsOptions,
  signer: SignatureV4,
  action: string,
  request: BatchRequest,
): Promise<SqsAnswer> {
  const { attemptsMax = ATTEMPTS_MAX, wait = sleep } = options;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await post(options, signer, action, request);
    } catch (error) {
      if (attempt >= attemptsMax || !mayPass(error)) throw error;
      await wait(RETRY_DELAY_MS * 2 ** (attempt - 1));
    }
  }
}

/** One attempt, signed anew: a signature is good for some minutes. */
async function post(
  { client, endpoint }: SqsCallsOptions,
  signer: SignatureV4,
  action: string,
  request: BatchRequest,
): Promise<SqsAnswer> {
  const url = new URL(endpoint ?? request.QueueUrl ?? '');
  const body = JSON.stringify(request);
  const signed = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    path: '/',
    query: {},
    headers: {
      host: url.host,
      'content-type': 'application/x-amz-json-1.0',
      'content-length': String(Buffer.byteLength(body)),
      'x-amz-target': `AmazonSQS.${action}`,
    },
    body,
  });
  const { response } = await client.requestHandler.handle(signed);
  const answer = await text(response.body);
  if (response.statusCode >= 300) throw new SqsError(response.statusCode, answer);
  return JSON.parse(answer);
}

/** A call that SQS refused, or could not do. */
class SqsError extends Error {
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(httpStatusCode: number, answer: string) {
    const { __type = 'SqsError', message = answer } = parseObject(answer);
    super(String(message));
    // The type comes with its namespace: `com.amazonaws.sqs#QueueDoesNotExist`.
    this.name = String(__type).split('#').at(-1) ?? '';
    this.$metadata = { httpStatusCode };
  }
}

/** What stands between us and SQS may answer with a page of its own. */
function parseObject(answer: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(answer));
  } catch {
    return {};
  }
}

function mayPass(error: unknown): boolean {
  const status = statusOf(error);
  return status === null || status === 408 || status === 429 || status >= 500 || isThrottled(error);
}

function sleep(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
