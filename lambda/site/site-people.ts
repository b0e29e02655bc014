/** People in site.yaml: those whom articles may call by a short name, and the authors of what names none. */

import type { Person } from '../model/article.ts';
import { AUTHORS_MAX, NAME_CHARACTERS_MAX, PEOPLE_MAX } from '../model/site-limits.ts';
import { listOf, mapOf, type Reader, readSettings, report, type SettingPlace, text } from './setting.ts';
import { fileAddress, parseWebUrl, webAddress } from './site-address.ts';

export type People = Readonly<Record<string, Person>>;

/** `people`: a map from short names to people. Relative addresses of portraits are of the site at `base`. */
export function peopleMap(base: string): Reader<People> {
  const people = mapOf((name, node, place) => {
    const person = personReader(base)(node, place);
    return person === null ? null : ([name, person] as const);
  }, PEOPLE_MAX);
  return (node, place) => {
    const entries = people(node, place);
    return entries === null ? null : Object.fromEntries(entries);
  };
}

/** `authors`: one or several, each a person or the short name of one. */
export function authorsList(base: string, people: People): Reader<readonly Person[]> {
  const person = personReader(base);
  return listOf((node, place) => {
    const known = node.kind === 'text' && Object.hasOwn(people, node.text) ? people[node.text] : undefined;
    return known ?? person(node, place);
  }, AUTHORS_MAX);
}

/** A person as `Name`, `Name <mail or address>`, a mail address, or a map of what is known. */
function personReader(base: string): Reader<Person> {
  return (node, place) => {
    if (node.kind === 'text') {
      const written = text(NAME_CHARACTERS_MAX * 2)(node, place);
      return written === null ? null : (parsePerson(written) ?? reportContact(written, place));
    }
    if (node.kind !== 'map') {
      return report(
        place,
        `“${place.name}” is not a person.`,
        'Write “Name”, “Name <mail>”, or a map with name, email, url and avatar.',
      );
    }
    const mistakeCount = place.problems.length;
    const known = readSettings<{ name: string; email: string; url: string; avatar: string }>(node, place, {
      name: text(NAME_CHARACTERS_MAX),
      email: mailAddress,
      url: webAddress,
      avatar: fileAddress(base),
    });
    if (place.problems.length > mistakeCount) return null;
    const person = {
      name: known.name ?? null,
      email: known.email ?? null,
      url: known.url ?? null,
      avatar: known.avatar ?? null,
    };
    if (person.name !== null || person.email !== null || person.url !== null) return person;
    return report(place, `“${place.name}” has no name.`, 'Add “name: …”.');
  };
}

/** Null when what stands between `<` and `>` is neither a mail nor a web address. */
function parsePerson(written: string): Person | null {
  const nobody: Person = { name: null, email: null, url: null, avatar: null };
  if (isMailAddress(written)) return { ...nobody, email: written };
  const [, before, contact] = /^(.*?)\s*<([^<>]*)>$/.exec(written) ?? [];
  if (before === undefined || contact === undefined) return { ...nobody, name: written };
  const name = before.replace(/^"(.*)"$/, '$1') || null;
  const mail = contact.trim().replace(/^mailto:/i, '');
  if (isMailAddress(mail)) return { ...nobody, name, email: mail };
  const url = parseWebUrl(contact.trim());
  return url === null ? null : { ...nobody, name, url: url.href };
}

function reportContact(written: string, place: SettingPlace): null {
  const message = `“${place.name}” names somebody with neither a mail nor a web address in the angle brackets: ${written}`;
  return report(place, message, 'Write “Name”, “Name <mail>” or “Name <https://…>”.');
}

const mailAddress: Reader<string> = (node, place) => {
  const written = text(NAME_CHARACTERS_MAX)(node, place);
  if (written === null || isMailAddress(written)) return written;
  return report(place, `“${place.name}” is not a mail address: ${written}`, 'Write it as name@example.org.');
};

function isMailAddress(written: string): boolean {
  return /^[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+$/.test(written);
}
