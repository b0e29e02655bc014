/**
 * `npm run hostile`: every hostile input. None may take long, all must become what is expected of them, and neither a
 * browser nor a second sanitiser may find anything that acts.
 */

import { tryInBrowser } from './browser-trial.ts';
import { ALL_ARTICLES } from './inputs.ts';
import { findSlow } from './stopwatch.ts';
import { tryInputs } from './trial.ts';

const OFFENCES_SHOWN_MAX = 50;

const slow = await findSlow(ALL_ARTICLES);
console.log(`${ALL_ARTICLES.length} inputs read, ${slow.length} take too long.`);
const trial = await tryInputs(ALL_ARTICLES);
console.log(`${trial.entries.length} entries published, ${trial.offences.length} offences.`);
const documents = await trial.publication.documents();
const contents = trial.entries.map(({ url, contentHtml }) => ({ name: url, html: contentHtml }));
const seen = await tryInBrowser(contents, documents);
console.log(
  seen === null
    ? 'No browser looked: there is no Chromium here (CHROMIUM names one elsewhere).'
    : `${contents.length} contents shown in a browser and sanitised again, ${documents.size} documents read: ${seen.length} offences.`,
);

const offences = [...slow, ...trial.offences, ...(seen ?? [])];
for (const offence of offences.slice(0, OFFENCES_SHOWN_MAX)) console.error(`- ${offence}`);
process.exitCode = offences.length === 0 ? 0 : 1;
