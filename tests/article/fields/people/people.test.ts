import { describe, expect, it } from 'vitest';
import type { Person } from '../../../../lambda/model/article.ts';
import { parseOne, withFields } from '../../article-file.ts';

const person = (name: string | null, facts: Partial<Person> = {}): Person => ({
  name,
  email: null,
  url: null,
  avatar: null,
  ...facts,
});
const ADA = person('Ada Writer', { email: 'ada@example.org' });
const people = { ada: ADA };
const authorsOf = (...lines: readonly string[]) => parseOne('a.md', withFields(...lines), { people }).authors;
const namesOf = (...lines: readonly string[]) => authorsOf(...lines).map((author) => author.name);

describe('authors', () => {
  it.each([
    ['author: Jo Doe', ['Jo Doe']],
    ['by: Jo Doe', ['Jo Doe']],
    ['author: true', []],
    ['author: False', []],
    ['author: True Grit', ['True Grit']],
    ['author: content/authors/ada.md', ['Ada Writer']],
    ['author: content/authors/bo.md', ['content/authors/bo.md']],
    ['author: By Jo Doe', ['Jo Doe']],
    ['author: Jo Doe and Al Poe', ['Jo Doe', 'Al Poe']],
    ['author: Jo Doe & Al Poe', ['Jo Doe', 'Al Poe']],
    ['author: Jo Doe, Al Poe', ['Jo Doe', 'Al Poe']],
    ['author: Jo Doe, Al Poe, and Di Roe', ['Jo Doe', 'Al Poe', 'Di Roe']],
    ['author: Jo Doe; Al Poe', ['Jo Doe', 'Al Poe']],
    ['author: 山田 太郎、佐藤 花子', ['山田 太郎', '佐藤 花子']],
    ['author: Jo Doe, Jr.', ['Jo Doe, Jr.']],
    ['author: Jo Doe, PhD and Al Poe', ['Jo Doe, PhD', 'Al Poe']],
    ['author: José Ortega y Gasset', ['José Ortega y Gasset']],
    ['author: Ana y Luis', ['Ana', 'Luis']],
    ['author: Ana García y Luis Pérez', ['Ana García', 'Luis Pérez']],
    ['author: "@jo / @al"', ['@jo', '@al']],
    ['author: Jo Doe / Acme', ['Jo Doe / Acme']],
    ['author: Jo Doe, Site Reliability Engineer', ['Jo Doe']],
    ['author: Jo Doe, Software Engineer, Acme', ['Jo Doe']],
    ['author: Jo Doe, on behalf of the crew', ['Jo Doe, on behalf of the crew']],
    ['author: Jo Doe and Al Poe, for the whole team', ['Jo Doe', 'Al Poe, for the whole team']],
    ['author: Research and Development Team', ['Research and Development Team']],
    ['author: O&#39;Hara', ["O'Hara"]],
    ['authors: [Jo Doe, Al Poe]', ['Jo Doe', 'Al Poe']],
    ['authors: [[Jo Doe], [Al Poe, [Di Roe]]]', ['Jo Doe', 'Al Poe', 'Di Roe']],
    ['authors: [Jo Doe, Jo Doe]', ['Jo Doe']],
    ['author: "-"', []],
    ['author: ""', []],
    ['author: null', []],
    ['author:', []],
  ])('of “%s” are %j', (line, names) => {
    expect(namesOf(line)).toEqual(names);
  });

  it('have addresses in every form', () => {
    expect(authorsOf('author: Jo Doe <jo@example.org>')).toEqual([person('Jo Doe', { email: 'jo@example.org' })]);
    expect(authorsOf('author: Jo Doe (jo@example.org)')).toEqual([person('Jo Doe', { email: 'jo@example.org' })]);
    expect(authorsOf('author: jo@example.org (Jo Doe)')).toEqual([person('Jo Doe', { email: 'jo@example.org' })]);
    expect(authorsOf('author: jo@example.org')).toEqual([person(null, { email: 'jo@example.org' })]);
    expect(authorsOf('author: Jo Doe <https://jo.example/>')).toEqual([
      person('Jo Doe', { url: 'https://jo.example/' }),
    ]);
    expect(authorsOf('author: "[Jo Doe](https://jo.example/)"')).toEqual([
      person('Jo Doe', { url: 'https://jo.example/' }),
    ]);
  });

  it('are maps', () => {
    expect(authorsOf('authors:', '- name: Jo Doe', '  link: /jo/', '  image_url: /jo.png')).toEqual([
      person('Jo Doe', { url: 'https://example.org/jo/', avatar: 'https://example.org/jo.png' }),
    ]);
    expect(authorsOf('author: {first_name: Jo, last_name: Doe, mail: jo@example.org}')).toEqual([
      person('Jo Doe', { email: 'jo@example.org' }),
    ]);
    expect(authorsOf('authors:', '  ada: {url: https://ada.example/}')).toEqual([
      { ...ADA, url: 'https://ada.example/' },
    ]);
  });

  it('are known to the site by a short name or by their name', () => {
    expect(authorsOf('author: ada')).toEqual([ADA]);
    expect(authorsOf('author: "@Ada"')).toEqual([ADA]);
    expect(authorsOf('author: ada writer')).toEqual([ADA]);
    expect(authorsOf('authors: ada, Jo Doe')).toEqual([ADA, person('Jo Doe')]);
    expect(namesOf('author: toString')).toEqual(['toString']);
  });

  it('have more to them in fields beside', () => {
    expect(
      authorsOf('author: Jo Doe', 'authorURL: https://jo.example/', 'author_image_url: https://jo.example/j.png'),
    ).toEqual([person('Jo Doe', { url: 'https://jo.example/', avatar: 'https://jo.example/j.png' })]);
  });

  it('are told from contributors', () => {
    const article = parseOne('a.md', withFields('author: Jo Doe', 'editor: Al Poe', 'translators: [Di Roe]'));
    expect(article.authors).toEqual([person('Jo Doe')]);
    expect(article.contributors).toEqual([person('Al Poe'), person('Di Roe')]);
  });
});

describe('Pelican’s headers', () => {
  const names = (line: string) => parseOne('a.md', `Title: A\n${line}\n\nText.`).authors.map(({ name }) => name);

  it('have one person in “Author”, the family name first, and several in “Authors”', () => {
    expect(names('Author: Reed, Ann')).toEqual(['Reed, Ann']);
    expect(names('Author: van Dyke, Bo')).toEqual(['van Dyke, Bo']);
    expect(names('Author: Ann Reed, Bo Dale')).toEqual(['Ann Reed', 'Bo Dale']);
    expect(names('Authors: Ann Reed, Bo Dale')).toEqual(['Ann Reed', 'Bo Dale']);
    expect(names('Authors: Reed, Ann; Dale, Bo')).toEqual(['Reed, Ann', 'Dale, Bo']);
  });
});
