/** Why AWS takes no calls from this machine: what a command can do nothing about, and whoever runs it can. */

interface AccessFailure {
  readonly reason: string;
  readonly fix: string;
}

const SIGN_IN =
  'sign in (aws sso login), or name your profile: AWS_PROFILE=<name> in front of the command. `aws sts get-caller-identity` says whose credentials there are';

/** By the names that the SDK, S3 and SQS give the same failure. */
const FAILURES: readonly (AccessFailure & { readonly names: readonly string[] })[] = [
  {
    names: ['CredentialsProviderError', 'TokenProviderError'],
    reason: 'there are no credentials of AWS to use',
    fix: SIGN_IN,
  },
  {
    names: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'RequestExpired'],
    reason: 'the credentials of AWS have expired',
    fix: SIGN_IN,
  },
  {
    names: [
      'InvalidAccessKeyId',
      'InvalidClientTokenId',
      'InvalidToken',
      'UnrecognizedClientException',
      'SignatureDoesNotMatch',
      'InvalidSignatureException',
      'IncompleteSignature',
    ],
    reason: 'AWS does not accept these credentials',
    fix: SIGN_IN,
  },
];

/** Queues go with their stack; its buckets stay, and others have buckets too. */
const GONE = [
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
  'AWS.SimpleQueueService.NonExistentQueueException',
];

const STACK_GONE: AccessFailure = {
  reason: 'the stack is gone: its queues do not exist any more',
  fix:
    'npm run deploy makes it again, and takes over the buckets that are left, with all that they hold. If nobody has taken ' +
    'it down, check the account and the region of your credentials',
};

const NO_REGION: AccessFailure = {
  reason: 'it is not known in which region the stack is',
  fix: 'run this where npm run deploy has written feedwright-outputs.json, or set AWS_REGION',
};

export function isStackGone(error: unknown): boolean {
  return error instanceof Error && (GONE.includes(error.name) || isStackGone(error.cause));
}

/** Null for a failure that has another reason. `error` or its cause is that of the SDK. */
export function findAccessFailure(error: unknown): AccessFailure | null {
  if (!(error instanceof Error)) return null;
  // The SDK gives this one no name.
  if (error.message === 'Region is missing') return NO_REGION;
  if (GONE.includes(error.name)) return { ...STACK_GONE, reason: `${STACK_GONE.reason} (${error.message})` };
  const failure = FAILURES.find(({ names }) => names.includes(error.name));
  if (failure === undefined) return findAccessFailure(error.cause);
  return { reason: `${failure.reason} (${error.message})`, fix: failure.fix };
}
