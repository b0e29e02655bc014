/** Property tests try the same cases in every run, so that a failure is one for everybody; change the seed to look further. */

import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? 20_261_123) });
