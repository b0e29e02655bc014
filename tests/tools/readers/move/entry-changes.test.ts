import { describe, expect, it } from 'vitest';
import { changesOf } from '../../../../tools/readers/move/entry-changes.ts';
import type { SeenEntry } from '../../../../tools/readers/programs/subscriber.ts';

const ENTRY: SeenEntry = {
  id: 'urn:1',
  title: 'Slack water',
  link: 'https://tides.example/slack/',
  published: 1_000,
  text: '<p>The <b>tide</b> of today</p><img alt="" src="https://tides.example/pier.png">',
  author: 'Ann',
  files: ['https://tides.example/fog.mp3'],
  isNew: false,
};

describe('what is shown otherwise of an entry', () => {
  it('is nothing where only the markup, the fraction of a second or the place of a file is another', () => {
    const text = '<p>The tide of\ntoday</p><img src="https://proxy.example/x/pier.png">';
    const files = ['https://proxy.example/fog.mp3'];
    expect(changesOf([ENTRY], [{ ...ENTRY, published: 1_000.4, text, files, isNew: true }])).toEqual([]);
  });

  it('is told by field, and words from where they differ', () => {
    const after: SeenEntry = {
      ...{ id: 'urn:1', title: 'Slack', link: 'https://tides.example/', published: 2_000, isNew: false },
      text: '<p>The tide of tomorrow</p>',
      author: 'Ben',
      files: [],
    };
    const changes = changesOf([ENTRY], [after]).map(({ field, before, after: now }) => [field, before, now]);
    expect(changes).toEqual([
      ['title', 'Slack water', 'Slack'],
      ['link', 'https://tides.example/slack/', 'https://tides.example/'],
      ['author', 'Ann', 'Ben'],
      ['date', '1970-01-01T00:16:40.000Z', '1970-01-01T00:33:20.000Z'],
      ['words', 'The tide of today (4 words)', 'The tide of tomorrow (4 words)'],
      ['pictures', 'pier.png', ''],
      ['files', 'fog.mp3', ''],
    ]);
  });

  it('is that it is gone', () => {
    expect(changesOf([ENTRY], [])).toMatchObject([{ field: 'entry', entry: 'Slack water', after: 'gone' }]);
  });
});
