/**
 * One Lambda process: loads a bundle and hands it one upload after another, and after each what it sends to the feed
 * queue, until nothing is left. Prints the milliseconds of each upload: the first with the loading of the bundle.
 *
 * Settings come in the environment: BUNDLE, CONTROL (where the bench says what is in the queue), UPLOADS.
 */

const { BUNDLE = '', CONTROL = '', UPLOADS = '1' } = process.env;
const FEED_BATCH = 10;

const times = [];
for (let upload = 0; upload < Number(UPLOADS); upload += 1) {
  const { event } = await ask('upload');
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  const { handler } = await import(BUNDLE);
  let mayRun = await invoke(handler, [event]);
  while (mayRun) {
    const { feeds } = await ask('messages');
    mayRun = feeds.length > 0;
    // A batch has messages of any groups, so feeds that were told together are worked on together.
    for (let start = 0; start < feeds.length; start += FEED_BATCH) {
      await invoke(handler, feeds.slice(start, start + FEED_BATCH));
    }
  }
  const { user, system } = process.cpuUsage(cpu);
  times.push({ wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1_000 });
}
console.log(`times ${JSON.stringify(times)}`);
process.exit(0);

async function invoke(handler, records) {
  const answer = await handler({ Records: records }, { getRemainingTimeInMillis: () => 120_000 });
  if (answer?.batchItemFailures?.length > 0) throw new Error('The publisher failed.');
  return answer !== undefined;
}

async function ask(what) {
  const { request } = process.getBuiltinModule('node:http');
  return new Promise((resolve, reject) => {
    const asked = request(`${CONTROL}/${what}`, async (response) => {
      let text = '';
      for await (const part of response.setEncoding('utf8')) text += part;
      resolve(JSON.parse(text));
    });
    asked.on('error', reject);
    asked.end();
  });
}
