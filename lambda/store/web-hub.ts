/**
 * The hub port over HTTP. WebSub (W3C, section 6) leaves open how a publisher tells its hub; all hubs understand the form
 * of PubSubHubbub: `hub.mode=publish` and `hub.url`, one request for each topic.
 */

import type { Hub, HubAnswer } from './hub.ts';

/** A hub only has to note the topic. A call that takes longer is tried again. */
const REQUEST_TIMEOUT_MS = 5_000;
/** Answers that RFC 9110 and RFC 6585 call passing, beside all of 500 and above. */
const PASSING_STATUS: readonly number[] = [408, 421, 425, 429];

/** @param timeoutMs after which a hub that does not answer has failed */
export function createWebHub(timeoutMs = REQUEST_TIMEOUT_MS): Hub {
  return {
    async publish(hub, topics) {
      const answers = await Promise.all(topics.map((topic) => publishTopic(hub, topic, timeoutMs)));
      return answers.find(({ kind }) => kind !== 'accepted') ?? { kind: 'accepted' };
    },
  };
}

async function publishTopic(hub: string, topic: string, timeoutMs: number): Promise<HubAnswer> {
  try {
    const answer = await fetch(hub, {
      method: 'POST',
      body: new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': topic }),
      headers: { 'User-Agent': 'Feedwright' },
      // A form that is sent on would become a GET: the operator has to name the hub's new address.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.body?.cancel();
    return judge(answer.status, answer.headers.get('location'));
  } catch (error) {
    return { kind: 'failed', reason: reasonOf(error, timeoutMs) };
  }
}

function judge(status: number, location: string | null): HubAnswer {
  if (status >= 200 && status < 300) return { kind: 'accepted' };
  if (status >= 500 || PASSING_STATUS.includes(status)) return { kind: 'failed', reason: `It answered ${status}.` };
  const moved = status >= 300 && status < 400 && location !== null ? ` and points to ${location}` : '';
  return { kind: 'refused', reason: `It answered ${status}${moved}.` };
}

/** `fetch` says "fetch failed" and keeps the reason as its cause. */
function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `No answer within ${timeoutMs} ms.`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
