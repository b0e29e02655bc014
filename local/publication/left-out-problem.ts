/** The problem by which an author learns that a file of the content folder is left out. */

import { createProblem, type Problem } from '../../lambda/model/problem.ts';
import { KEY_LENGTH_BYTES_MAX } from '../../lambda/store/keys.ts';
import type { LeftOut } from '../store/left-out.ts';

export function fileLeftOut(leftOut: LeftOut): Problem {
  return createProblem('file-left-out', { path: leftOut.key, line: null, ...explain(leftOut) });
}

function explain(leftOut: LeftOut): Pick<Problem, 'message' | 'fix'> {
  const what = leftOut.isFolder ? 'folder' : 'file';
  const isLost = leftOut.isFolder ? 'all that is in it is left out' : 'it is left out';
  if (leftOut.kind === 'name') {
    return {
      message: `The name of this ${what} is not UTF-8 (as Latin-1 it reads “${leftOut.name.toString('latin1')}”), so ${isLost}.`,
      fix: 'Rename it. For all of an old archive: convmv -f latin1 -t utf8 -r --notest, and its folder.',
    };
  }
  if (leftOut.kind === 'length') {
    return {
      message: `The path of this ${what} has ${leftOut.lengthBytes} bytes, more than ${KEY_LENGTH_BYTES_MAX}, so ${isLost}.`,
      fix: 'Shorten its name, or those of the folders above it.',
    };
  }
  return explainLink(leftOut.target, leftOut.leads);
}

type Leads = Extract<LeftOut, { kind: 'link' }>['leads'];

function explainLink(target: string, leads: Leads): Pick<Problem, 'message' | 'fix'> {
  const link = `This is a symbolic link to ${target}`;
  const hide = 'or begin the name of the link with a dot, if it is not to be published';
  switch (leads) {
    case 'nowhere':
      return { message: `${link}, which is not there.`, fix: 'Correct the link, or remove it.' };
    case 'to-folder':
      return {
        message: `${link}. Links to folders are not followed, so nothing in it is published.`,
        fix: `Replace the link by the folder itself, ${hide}.`,
      };
    case 'to-hidden':
      return {
        message: `${link}, which is hidden, so it is left out.`,
        fix: `Replace the link by the file itself, ${hide}.`,
      };
    case 'out':
      return {
        message: `${link}, outside of the content folder, so it is left out.`,
        fix: `Replace the link by the file itself, ${hide}.`,
      };
  }
}
