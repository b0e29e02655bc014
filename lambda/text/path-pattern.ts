/**
 * Patterns of paths, as generators list them: `*` and `?` within a name, `[a-z]`, `{a,b}`, `**` for any folders. A
 * pattern that names a folder names all in it. The time they take grows with pattern times path and no faster.
 */

/** A list with more alternatives in braces names everything. */
const ALTERNATIVES_MAX = 200;

/** Whether a pattern has no more than what is understood here: no extended globs, classes by name, or braces that don't close. */
export function isReadable(pattern: string): boolean {
  const bare = pattern.replace(/\{[^{}]*\}/g, '').replace(/\{[^{}]*\}/g, '');
  return !/[!+@?*]\(|\[\[:|\\|[{}]/.test(bare) && !/\[[^\]]*$/.test(bare);
}

/** Whether a list names a path. The last pattern that matches counts; after a `!` it is one that lets the path be. */
export function matchesList(patterns: readonly string[], path: string): boolean {
  let isNamed = false;
  for (const pattern of patterns) {
    const isException = pattern.startsWith('!');
    if (isNamed === isException && matchesPath(isException ? pattern.slice(1) : pattern, path)) isNamed = !isException;
  }
  return isNamed;
}

/** Whether a pattern names a path, or a folder that it is in. */
export function matchesPath(pattern: string, path: string): boolean {
  const alternatives = expandBraces(
    pattern
      .normalize()
      .replace(/^(?:\.?\/)+/, '')
      .replace(/\/+$/, ''),
  );
  const parts = path.normalize().split('/');
  return alternatives === null || alternatives.some((each) => matchesParts(each.split('/'), parts));
}

/** A pattern of a system whose stars match slashes as well: Jekyll's, Zola's. */
export function throughFolders(pattern: string): readonly string[] {
  if (!pattern.includes('*')) return [pattern];
  const plain = pattern.replace(/^\/+/, '');
  return [plain, ...(plain.startsWith('*') ? [`**/${plain}`] : []), plain.replace(/\/\*(?!\*)/g, '/**/*')];
}

/** All ways through the braces; null when there are too many. */
function expandBraces(pattern: string): readonly string[] | null {
  let open = [pattern];
  for (let round = 0; open.some((each) => BRACES.test(each)); round += 1) {
    open = open.flatMap((each) => {
      const [whole, inner] = BRACES.exec(each) ?? [];
      return whole === undefined || inner === undefined
        ? [each]
        : inner.split(',').map((choice) => each.replace(whole, () => choice));
    });
    if (open.length > ALTERNATIVES_MAX || round > ALTERNATIVES_MAX) return null;
  }
  return open;
}

const BRACES = /\{([^{}]*,[^{}]*)\}/;

/** `reached` says up to which parts of the path the patterns so far can have come. */
function matchesParts(patterns: readonly string[], parts: readonly string[]): boolean {
  let reached = new Set([0]);
  for (const [index, pattern] of patterns.entries()) {
    const next = new Set<number>();
    if (pattern === '**') {
      // At its end it stands for something, elsewhere also for nothing.
      const isLast = index === patterns.length - 1;
      const from = Math.min(...reached) + (isLast ? 1 : 0);
      for (let at = from; at <= parts.length; at += 1) next.add(at);
    } else {
      for (const at of reached) if (at < parts.length && matchesName(pattern, parts[at] ?? '')) next.add(at + 1);
    }
    reached = next;
    if (reached.size === 0) return false;
  }
  return true;
}

/** One name: goes back to the last star only, which is enough. */
function matchesName(pattern: string, name: string): boolean {
  const tokens = [...pattern.matchAll(/\*+|\?|\[[!^]?[^\]]+\]|\\.|./gsu)].map(([token]) => token);
  const characters = [...name];
  let token = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  while (at < characters.length) {
    const present = tokens[token];
    if (present?.startsWith('*')) {
      star = token;
      starAt = at;
      token += 1;
    } else if (present !== undefined && matchesCharacter(present, characters[at] ?? '')) {
      token += 1;
      at += 1;
    } else if (star >= 0) {
      starAt += 1;
      at = starAt;
      token = star + 1;
    } else {
      return false;
    }
  }
  return tokens.slice(token).every((rest) => rest.startsWith('*'));
}

function matchesCharacter(token: string, character: string): boolean {
  if (token === '?') return true;
  if (token.length > 1 && token.startsWith('\\')) return token.slice(1) === character;
  if (token.length < 3 || !token.startsWith('[')) return token === character;
  const isNegated = /^\[[!^]/.test(token);
  const members = [...token.slice(isNegated ? 2 : 1, -1)];
  const isMember = members.some((member, index) => {
    if (members[index + 1] === '-' && members[index + 2] !== undefined)
      return member <= character && character <= (members[index + 2] ?? '');
    return member === character;
  });
  return isMember !== isNegated;
}
