/** Of logs and metrics, what the handler doesn't ask for: decorators and middleware, loggers of loggers, further keys. */

import { leaveOutMethods, type Rule } from './rule.ts';

const LOGGER = [
  ...['injectLambdaContext', 'injectLambdaContextBefore', 'injectLambdaContextAfterOrOnError', 'logEventIfEnabled'],
  ...['shouldLogEvent', 'getLogEvent'],
  ...['createChild', 'createLogger', 'refreshSampleRateCalculation', 'getLevelName', 'getPersistentLogAttributes'],
  ...[
    'addPersistentLogAttributes',
    'setPersistentLogAttributes',
    'removePersistentLogAttributes',
    'removePersistentKeys',
  ],
  ...['removeKeys', 'resetKeys', 'setCorrelationId', 'getCorrelationId', 'clearBuffer'],
];
const METRICS = [
  ...['logMetrics', 'captureColdStartMetric', 'singleMetric', 'addMetadata', 'addDimensions', 'clearDefaultDimensions'],
  ...['setThrowOnEmptyMetrics', 'setTimestamp', '#validateEmfTimestamp'],
];

export const TELEMETRY_RULES: readonly Rule[] = [
  { file: /[\\/]logger[\\/].*[\\/]Logger\.js$/, loader: 'js', rewrite: (text) => leaveOutMethods(text, LOGGER) },
  { file: /[\\/]metrics[\\/].*[\\/]Metrics\.js$/, loader: 'js', rewrite: (text) => leaveOutMethods(text, METRICS) },
];
