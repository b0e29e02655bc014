/**
 * Media types by the ending of a name: the registered ones from `mime`, and of those that belong to one vendor or were
 * never registered the few that people attach to articles. All of the latter are 27 kB.
 */

import { Mime } from 'mime/lite';
import standard from 'mime/types/standard.js';

const ATTACHED: Readonly<Record<string, string[]>> = {
  'application/vnd.android.package-archive': ['apk'],
  'application/vnd.apple.keynote': ['key'],
  'application/vnd.apple.numbers': ['numbers'],
  'application/vnd.apple.pages': ['pages'],
  'application/vnd.google-earth.kml+xml': ['kml'],
  'application/vnd.google-earth.kmz': ['kmz'],
  'application/vnd.ms-excel': ['xls'],
  'application/vnd.ms-powerpoint': ['ppt'],
  'application/vnd.oasis.opendocument.presentation': ['odp'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.rar': ['rar'],
  'application/x-7z-compressed': ['7z'],
  'application/x-bittorrent': ['torrent'],
  'application/x-bzip2': ['bz2'],
  'application/x-ipynb+json': ['ipynb'],
  'application/x-mobipocket-ebook': ['mobi'],
  'application/x-subrip': ['srt'],
  'application/x-tar': ['tar'],
  'application/x-tex': ['tex'],
  'application/x-xz': ['xz'],
  'audio/x-aiff': ['aif', 'aiff'],
  'audio/x-flac': ['flac'],
  'audio/x-matroska': ['mka'],
  'audio/x-ms-wma': ['wma'],
  'image/vnd.adobe.photoshop': ['psd'],
  'image/vnd.dwg': ['dwg'],
  'image/vnd.microsoft.icon': ['ico'],
  'model/vnd.usdz+zip': ['usdz'],
  'text/x-vcard': ['vcf'],
  'video/x-flv': ['flv'],
  'video/x-m4v': ['m4v'],
  'video/x-matroska': ['mkv'],
  'video/x-ms-wmv': ['wmv'],
  'video/x-msvideo': ['avi'],
};

const types = new Mime(standard, ATTACHED);

/** The type that a name's ending stands for, or null when it stands for none. */
export function typeFromName(key: string): string | null {
  return types.getType(key);
}
