import mime from 'mime';
import { describe, expect, it } from 'vitest';
import { typeFromName } from '../../../lambda/article/media/media-types.ts';

const ENDINGS =
  'jpg jpeg png gif webp avif heic svg ico psd mp3 m4a ogg opus flac wav aif wma mp4 m4v mov mkv webm avi wmv vtt srt pdf ' +
  'docx xlsx pptx doc xls ppt odt ods odp key pages numbers rtf txt csv tex epub mobi zip 7z rar tar gz bz2 xz ics vcf ' +
  'gpx kml kmz apk dmg torrent ipynb dwg stl usdz json xml html woff2 wasm';

describe('typeFromName', () => {
  it('knows the files that people attach as the whole table does', () => {
    for (const ending of ENDINGS.split(' ')) {
      expect(typeFromName(`a.${ending}`), ending).toBe(mime.getType(`a.${ending}`));
      expect(typeFromName(`a.${ending}`), ending).not.toBeNull();
    }
  });

  it('knows nothing of other endings', () => {
    expect(typeFromName('a.nothing')).toBeNull();
    expect(typeFromName('a')).toBeNull();
  });
});
