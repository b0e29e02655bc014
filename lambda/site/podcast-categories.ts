/**
 * Apple's list of podcast categories, which other directories use too. Names count to the letter; what people write is
 * compared without case, `&` for “and”, and with or without the category above.
 */

import type { PodcastCategory } from '../model/podcast.ts';
import { nearestName } from '../text/nearest-name.ts';

const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  Arts: ['Books', 'Design', 'Fashion & Beauty', 'Food', 'Performing Arts', 'Visual Arts'],
  Business: ['Careers', 'Entrepreneurship', 'Investing', 'Management', 'Marketing', 'Non-Profit'],
  Comedy: ['Comedy Interviews', 'Improv', 'Stand-Up'],
  Education: ['Courses', 'How To', 'Language Learning', 'Self-Improvement'],
  Fiction: ['Comedy Fiction', 'Drama', 'Science Fiction'],
  Government: [],
  'Health & Fitness': ['Alternative Health', 'Fitness', 'Medicine', 'Mental Health', 'Nutrition', 'Sexuality'],
  History: [],
  'Kids & Family': ['Education for Kids', 'Parenting', 'Pets & Animals', 'Stories for Kids'],
  Leisure: [
    ...['Animation & Manga', 'Automotive', 'Aviation', 'Crafts', 'Games', 'Hobbies'],
    ...['Home & Garden', 'Video Games'],
  ],
  Music: ['Music Commentary', 'Music History', 'Music Interviews'],
  News: [
    ...['Business News', 'Daily News', 'Entertainment News', 'News Commentary', 'Politics', 'Sports News'],
    'Tech News',
  ],
  'Religion & Spirituality': ['Buddhism', 'Christianity', 'Hinduism', 'Islam', 'Judaism', 'Religion', 'Spirituality'],
  Science: [
    ...['Astronomy', 'Chemistry', 'Earth Sciences', 'Life Sciences', 'Mathematics', 'Natural Sciences'],
    ...['Nature', 'Physics', 'Social Sciences'],
  ],
  'Society & Culture': ['Documentary', 'Personal Journals', 'Philosophy', 'Places & Travel', 'Relationships'],
  Sports: [
    ...['Baseball', 'Basketball', 'Cricket', 'Fantasy Sports', 'Football', 'Golf', 'Hockey', 'Rugby'],
    ...['Running', 'Soccer', 'Swimming', 'Tennis', 'Volleyball', 'Wilderness', 'Wrestling'],
  ],
  Technology: [],
  'True Crime': [],
  'TV & Film': ['After Shows', 'Film History', 'Film Interviews', 'Film Reviews', 'TV Reviews'],
};

/** `Arts`, `Arts > Books`, and every subcategory under its own name alone. */
const byName: ReadonlyMap<string, PodcastCategory> = new Map(
  Object.entries(CATEGORIES).flatMap(([name, subcategories]): [string, PodcastCategory][] => [
    ...subcategories.flatMap((subcategory): [string, PodcastCategory][] => [
      [subcategory, { name, subcategory }],
      [`${name} > ${subcategory}`, { name, subcategory }],
    ]),
    [name, { name, subcategory: null }],
  ]),
);

const byPlainName: ReadonlyMap<string, PodcastCategory> = new Map(
  [...byName].map(([name, category]) => [plain(name), category]),
);

/** The category that is meant, or null where the list has none of that name. */
export function findPodcastCategory(written: string): PodcastCategory | null {
  return byPlainName.get(plain(written)) ?? null;
}

/** The name on the list that comes nearest to the one written, or null when none is near. */
export function nearestPodcastCategory(written: string): string | null {
  const last = written.split('>').at(-1)?.trim() ?? '';
  return nearestName(written, [...byName.keys()]) ?? nearestName(last, [...byName.keys()]);
}

export const PODCAST_CATEGORY_NAMES: readonly string[] = Object.keys(CATEGORIES);

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/\band\b/g, '&')
    .replace(/\s*(?:>|\/|:)\s*/g, '>')
    .replace(/[\s-]+/g, ' ')
    .trim();
}
