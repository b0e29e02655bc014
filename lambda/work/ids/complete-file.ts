/**
 * A file completed with the ids that its articles had elsewhere. What is asked for is asked once, before an article is
 * published for the first time: the adopted row of its key, and who has the id that the settings would give to it. What is
 * public costs nothing.
 *
 * The row is read after the article was: whoever wrote it before the article is heard.
 */

import { type Completion, type CompletionInput, completeArticles } from '../../feed/entry/completion.ts';
import type { AdoptedEntry } from '../../feed/entry/frozen-facts.ts';
import { createProblem, type Problem } from '../../model/problem.ts';
import { adoptedKeyFor } from '../../site/adopted/adopted-key.ts';
import { ID_CLAIM } from '../../state/keys.ts';
import { isListed, readHolders } from '../protocol/claim-work.ts';
import type { Ports } from '../protocol/ports.ts';

/** An article waits so long before it looks whether a broken file was mended; the event of a mended one wakes it before. */
const LOOK_AGAIN_MS = 5 * 60 * 1000;

export async function completeFile(
  ports: Pick<Ports, 'content' | 'state'>,
  input: CompletionInput,
): Promise<Completion> {
  const adopted = await readAdopted(ports, input);
  const known = { ...input, adopted: adopted === 'unknown' ? null : adopted };
  const first = completeArticles(known);
  if (adopted === 'unknown' && first.shown.length > 0) return holdBack(first, input);
  const takenIds = await findTaken(ports, input.key, first.formed);
  return takenIds.size === 0 ? first : completeArticles({ ...known, takenIds });
}

/** Null where nothing is known; `unknown` where nobody can tell. */
async function readAdopted(
  { content }: Pick<Ports, 'content'>,
  { key, articles, facts, site }: CompletionInput,
): Promise<AdoptedEntry | 'unknown' | null> {
  const [article, ...others] = articles;
  const isNew = Object.values(facts).every(({ id }) => id === null);
  if (article === undefined || others.length > 0 || !isNew) return null;
  if (article.id !== null || article.visibility === 'draft') return null;
  const fileKey = adoptedKeyFor(key);
  const source = await content.read(fileKey);
  if (source === null) return null;
  const { adoptedId, parseAdopted } = await import('../../site/adopted/adopted.ts');
  const { rows, isUnreadable } = parseAdopted(fileKey, source.body);
  const row = isUnreadable ? null : rows.get(key);
  if (row === undefined) return null;
  if (row === null) return 'unknown';
  const id = adoptedId(row, site.id);
  return { ...(id !== null && { id }), ...(row.published !== null && { published: row.published }) };
}

/** Which of the ids another file has, or is about to have: content keys by id. */
async function findTaken(
  ports: Pick<Ports, 'state'>,
  key: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const taken = new Map<string, string>();
  for (const id of ids) {
    const claim = ID_CLAIM + id;
    const { owner } = await readHolders(ports, claim);
    if (owner !== null && owner !== key && (await isListed(ports, owner, claim))) taken.set(id, owner);
  }
  return taken;
}

/** Under an id of its own, all subscribers would see it again, and that can't be mended. */
function holdBack(completion: Completion, { key, now }: CompletionInput): Completion {
  return {
    ...completion,
    shown: [],
    facts: completion.seen,
    formed: [],
    renamed: [],
    dead: [],
    dueAt: now + LOOK_AGAIN_MS,
    problems: [adoptionAwaited(key)],
  };
}

function adoptionAwaited(path: string): Problem {
  const file = adoptedKeyFor(path);
  return createProblem('adopted-unreadable', {
    path,
    line: null,
    message: `The article is new here, and ${file}, which may say by what id subscribers know it, can't be read.`,
    fix: `Mend ${file}, or write the id into the article; it is published by itself then.`,
  });
}
