import { describe, expect, it } from 'vitest';
import { codesOf, parseOne, parseText, withFields } from '../article-file.ts';

/** `url bytes seconds` of each attachment. */
function soundsOf(...lines: readonly string[]): readonly string[] {
  const { attachments } = parseOne('notes/a.md', withFields('title: A', ...lines));
  return attachments.map(({ url, lengthBytes, durationSeconds }) => `${url} ${lengthBytes} ${durationSeconds}`);
}

const SOUND = 'https://cdn.example/e.mp3';

describe('the sound of an episode', () => {
  it.each([
    ['what show notes call it', [`file: ${SOUND}`, 'length: "55601613"', 'duration: "56:47"'], '55601613 3407'],
    [
      'a link to load it from',
      [`download_url: ${SOUND}`, 'filesize: "55,601,613"', 'duration: 56 min'],
      '55601613 3360',
    ],
    ['the address of the post', [`url: ${SOUND}`, 'duration: 1h 2m 3s'], 'null 3723'],
    ['a length that is a time', [`file: ${SOUND}`, 'length: "1:02:03"'], 'null 3723'],
    ['a length that is neither', [`file: ${SOUND}`, 'length: 56'], 'null null'],
    ['an enclosure in one line', [`enclosure: ${SOUND} 1234567 audio/mpeg`], '1234567 null'],
    ['an enclosure as a map', [`enclosure: { url: "${SOUND}", length: 1234567, type: audio/mpeg }`], '1234567 null'],
    ['a map of the podcast', [`podcast: { mp3: "${SOUND}", duration: "10:00", bytes: 1234567 }`], '1234567 600'],
    ['a name that nobody knows', [`show_mp3_128k: ${SOUND}`, 'bytes: 1234567'], '1234567 null'],
  ])('is found under %s', (_, lines, facts) => {
    expect(soundsOf(...lines)).toEqual([`${SOUND} ${facts}`]);
  });

  it('may be a file beside the article', () => {
    expect(soundsOf('file: e.m4a')).toEqual(['https://example.org/notes/e.m4a null null']);
  });

  it('is nothing else that has an address', () => {
    expect(soundsOf('file: notes.pdf', 'download: https://a.example/b.zip', 'source: https://a.example/b')).toEqual([]);
    expect(soundsOf(`theme_music: ${SOUND}`, `previous_episode: ${SOUND}`)).toEqual([]);
    expect(soundsOf(`audio: ${SOUND}`, 'file: https://cdn.example/other.mp3')).toEqual([`${SOUND} null null`]);
  });

  it('is no address of the article', () => {
    const { path, canonicalUrl } = parseOne('notes/a.md', withFields(`url: ${SOUND}`));
    expect([path, canonicalUrl]).toEqual(['/notes/a/', null]);
  });
});

describe('an article that looks like an episode', () => {
  const codes = (...lines: readonly string[]) => codesOf(parseText('a.md', withFields('title: A', ...lines)));

  it('is told of where it names no sound', () => {
    expect(codes('episode: 12', 'duration: "56:47"', 'explicit: no')).toEqual(['sound-missing@-']);
    expect(codes('podcast_title: B', 'podcast_duration: "56:47"', 'season: 2')).toEqual(['sound-missing@-']);
    expect(codes('episode: 12', 'season: 2')).toEqual([]);
    expect(codes('episode: 12', 'duration: "56:47"', 'explicit: no', `file: ${SOUND}`)).toEqual([]);
  });

  it('may have its chapters in itself, which is told, or an empty place for them, which is not', () => {
    expect(codes(`file: ${SOUND}`, 'podcast_chapters:\n  "00:00": Start')).toEqual(['chapters-inline@4']);
    expect(codes(`file: ${SOUND}`, 'podcast_chapters:\n  src:\n  type: application/json')).toEqual([]);
  });
});
