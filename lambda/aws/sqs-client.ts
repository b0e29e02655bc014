/** The two calls of SQS that the publisher makes, by the SDK's client. */

import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityBatchCommand,
  type ChangeMessageVisibilityBatchCommandInput,
  SendMessageBatchCommand,
  type SendMessageBatchCommandInput,
  type SQSClient,
} from '@aws-sdk/client-sqs';

export interface SqsCalls {
  sendMessageBatch(request: SendMessageBatchCommandInput): Promise<SqsAnswer>;
  changeMessageVisibilityBatch(request: ChangeMessageVisibilityBatchCommandInput): Promise<SqsAnswer>;
}

/** Which messages of a batch SQS did not take; absent when it took all. */
interface SqsAnswer {
  readonly Failed?: readonly BatchResultErrorEntry[] | undefined;
}

export function createSqsCalls(client: SQSClient): SqsCalls {
  return {
    sendMessageBatch: (request) => client.send(new SendMessageBatchCommand(request)),
    changeMessageVisibilityBatch: (request) => client.send(new ChangeMessageVisibilityBatchCommand(request)),
  };
}
