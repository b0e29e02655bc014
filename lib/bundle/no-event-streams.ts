/**
 * Stands for `@smithy/core/event-streams` in the bundle: what S3 needs to select within objects and nothing else. The
 * SDK loads it late, by an `import()`, which would keep the bundler from leaving out whatever of the SDK is unused.
 */

/** What the S3 client is configured with; never asked by what the publisher calls. */
export function eventStreamSerdeProvider(): never {
  throw new Error('The publisher reads no event streams.');
}

/** The client's configuration as it came. */
export function resolveEventStreamSerdeConfig<Input>(input: Input): Input {
  return input;
}

/** What the SDK makes when a call answers with an event stream. */
export class EventStreamSerde {
  constructor() {
    eventStreamSerdeProvider();
  }
}
