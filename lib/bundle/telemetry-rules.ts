/** Of logs and metrics, what the handler doesn't ask for: decorators and middleware, loggers of loggers, further keys. */

import { exchange, leaveOutMethods, type Rule } from './rule.ts';

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
  ...['removeKeys', 'resetKeys', 'setCorrelationId', 'getCorrelationId', 'critical', 'trace', 'appendKeys'],
  ...['#setLogBuffering', 'shouldBufferLog', 'bufferLogItem', 'flushBuffer', 'clearBuffer'],
];
const METRICS = [
  ...['logMetrics', 'captureColdStartMetric', 'singleMetric', 'addMetadata', 'addDimensions', 'clearDefaultDimensions'],
  ...['setThrowOnEmptyMetrics', 'setTimestamp', '#validateEmfTimestamp'],
];

export const TELEMETRY_RULES: readonly Rule[] = [
  { file: /[\\/]logger[\\/].*[\\/]Logger\.js$/, loader: 'js', rewrite: shortenLogger },
  { file: /[\\/]logger[\\/].*[\\/]LogInvocationStore\.js$/, loader: 'js', rewrite: holdNothingBack },
  { file: /[\\/]metrics[\\/].*[\\/]Metrics\.js$/, loader: 'js', rewrite: (text) => leaveOutMethods(text, METRICS) },
];

/** Without the lines that are held back until an error comes, if that is asked for. */
function shortenLogger(text: string): string {
  const next = 'if \\(logLevel >= this\\.#invocationStore\\.getLogLevel\\(\\)\\)';
  const holding = new RegExp(`^ {8}if \\(this\\.#bufferConfig\\.enabled &&[\\s\\S]*?(?=^ {8}${next})`, 'gm');
  const atOnce = exchange(text, holding, '');
  return leaveOutMethods(exchange(atOnce, /^ {8}this\.#setLogBuffering\(.*\);$/gm, ''), LOGGER);
}

/** The methods for lines that are held back come last. */
function holdNothingBack(text: string): string {
  const withoutPlace = exchange(text, /^ {4}#buffer = .*;$/gm, '');
  return exchange(withoutPlace, /^ {4}configureBuffer\([\s\S]*?(?=^\}$)/gm, '');
}
