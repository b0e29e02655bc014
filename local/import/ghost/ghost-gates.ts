/** Parts of a public post that Ghost shows to members only. */

const GATED = /<!--\s*kg-gated-block:begin\s([\s\S]*?)-->([\s\S]*?)(?:<!--\s*kg-gated-block:end\s*-->|$)/g;

/** What everybody could read stays. A part without an end goes to the end of the text. */
export function dropGatedBlocks(html: string, onDropped: (count: number) => void): string {
  let count = 0;
  const open = html.replace(GATED, (_, attributes: string, inner: string) => {
    if (/\bnonMember\s*:\s*true\b/.test(attributes)) return inner;
    count += 1;
    return '';
  });
  if (count > 0) onDropped(count);
  return open;
}
