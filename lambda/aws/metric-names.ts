/** What the publisher measures, by the names under which alarms and the dashboard find it in CloudWatch. */

export const METRIC_NAMESPACE = 'Feedwright';

export const METRICS = {
  /** Articles that are new in the feeds, or changed. */
  published: 'ArticlesPublished',
  /** Articles that left the feeds. */
  removed: 'ArticlesRemoved',
  /** Article or lane work that failed and comes again. */
  failed: 'WorkReturned',
  /** Messages that could not be parsed. */
  unknown: 'MessagesUnknown',
  /** Conditional writes that found another version. */
  conflicts: 'StoreConflicts',
  /** Calls of S3 that were repeated. */
  retries: 'StoreRetries',
  /** Milliseconds from the upload of an article to the documents of a feed. */
  lag: 'UploadToDocument',
  /** Articles that can't be published as they stand, when they were looked at. */
  problems: 'ArticleProblems',
  /** Hubs that could not be told of a change, after all attempts. */
  hubsGivenUp: 'HubsGivenUp',
  /** Removals that reconcile holds for a person; written at the end of each reconcile, so that 0 ends the alarm. */
  held: 'RemovalsHeld',
  /** Ticks that were done. They come by the clock, so that it is their absence that means something. */
  ticks: 'Ticks',
} as const;
