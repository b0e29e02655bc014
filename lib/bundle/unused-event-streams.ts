/**
 * Stands in bundles for `@smithy/core/event-streams`, with which the S3 client reads answers that come as a stream of
 * events. Only SelectObjectContent has such answers, and nothing here sends it: 14 kB.
 */

/** A client is made with one. It is asked for nothing. */
export function eventStreamSerdeProvider(): Record<string, never> {
  return {};
}

/** As the client's settings are completed, without a reader of events. */
export function resolveEventStreamSerdeConfig<Settings extends object>(settings: Settings): Settings {
  return settings;
}

/** @throws when an answer is a stream of events after all */
export class EventStreamSerde {
  constructor() {
    throw new Error('A command was sent that is answered by a stream of events. This bundle has no reader of them.');
  }
}
