/** The settings under which articles are fuzzed: something of everything that reaches into articles. */

import type { Site } from '../../lambda/model/site.ts';
import { parseSite } from '../../lambda/site/parse-site.ts';

const SETTINGS = `title: The “Coast” & <Co>
url: https://coast.example/paper/
language: en
timeZone: Europe/Lisbon
permalink: /:section/:year/:slug/
authors: {name: Ana, email: ana@coast.example}
people:
  bo: {name: Bo Li, url: https://coast.example/bo, avatar: images/bo.png}
hubs: [https://hub.example/]
pageSize: 10
feeds:
  talks: {title: Talks, sections: [talks], kind: podcast, podcast: {image: art.png, category: Arts, owner: Ed <a@coast.example>}}
  sea: {title: Sea, tags: [sea, c++], content: summary}
redirects: {/old/: /new/}
`;

/** @param text of `site.yaml` */
function siteOf(text: string): Site {
  const { site, problems } = parseSite(new TextEncoder().encode(text), { url: null });
  if (site === null) throw new Error(problems.map(({ message }) => message).join(' '));
  return site;
}

export const FUZZ_SITE: Site = siteOf(SETTINGS);
