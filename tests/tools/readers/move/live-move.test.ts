import { describe, expect, it } from 'vitest';
import { moveAll } from '../../../../tools/readers/move/live-move.ts';
import type { SeenEntry, Subscriber } from '../../../../tools/readers/programs/subscriber.ts';

function seen(id: string, isNew: boolean, facts: Partial<SeenEntry> = {}): SeenEntry {
  return { id, title: `Post ${id}`, link: `https://tides.example/${id}/`, published: 0, text: '', isNew, ...facts };
}

/** A program that shows one list after the other. */
function program(...lists: readonly (readonly SeenEntry[] | null)[]): Subscriber {
  let count = 0;
  return { name: 'program', version: '1', reload: async () => lists[count++] ?? null };
}

async function move(subscriber: Subscriber) {
  return (await moveAll('https://tides.example/feed/', async () => {}, [subscriber]))[0];
}

describe('what a move shows in a program', () => {
  const [one, two] = [seen('1', true), seen('2', true)];
  const read = [seen('1', false), seen('2', false)];

  it('is nothing where all is known', async () => {
    expect(await move(program([one, two], read, read))).toEqual({
      ...{ name: 'program', before: 2, againBefore: 0, again: 0, first: 0, lost: 0 },
    });
  });

  it('is an entry again by its link, or by title and time, though its id is another', async () => {
    const moved = [
      seen('a', true, { link: one.link }),
      seen('b', true, { title: two.title, link: '' }),
      // Of the same title, and another entry.
      seen('c', true, { title: two.title, published: 86_400 }),
    ];
    expect(await move(program([one, two], read, moved))).toMatchObject({ again: 2, first: 1, lost: 0 });
  });

  it('is what comes again without any change, too, so that the move is not blamed', async () => {
    expect(await move(program([one], [one], [one]))).toMatchObject({ againBefore: 1, again: 1 });
  });

  it('may be that one is gone, that it gets nothing more, or that it was never there', async () => {
    expect(await move(program([one, two], read, [seen('1', false)]))).toMatchObject({ lost: 1 });
    expect(await move(program([one], [seen('1', false)], null))).toBe('cut off');
    expect(await move(program(null))).toBe('absent');
    expect(await move(program([], [], []))).toBe('absent');
  });
});
