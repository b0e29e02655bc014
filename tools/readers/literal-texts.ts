/** Titles and contents of which every character counts, and what readers make of them. */

/** Entries of a JSON article file, whose titles are plain text. */
export const LITERAL_TITLES: readonly string[] = [
  'AT&T and R&D',
  'The entity &amp; and &lt;b&gt; written out',
  'Generic<T> and 1 < 2 > 0',
  'A <b>bold</b> word that is none',
  'The end ]]> of a section',
  'Quotes " and \' and “curly” ‘ones’',
  'Emoji 🌊👩🏽‍🚀 and 𝔘nicode',
  'עברית, then English, then العربية',
  'A control \u0007 character and \u0085 another',
  '100% of a+b=c; #1 @home',
];

const LITERAL_CONTENT =
  "<p>AT&amp;T, &amp;amp; &lt;b&gt;, Generic&lt;T&gt;, ]]&gt;, “quotes” ' &quot;, 🌊👩🏽‍🚀, עברית العربية.</p>";

/** A file of articles, for a publication. */
export function literalArticles(): string {
  const items = LITERAL_TITLES.map((title, index) => ({
    id: `https://literal.example/${index + 1}`,
    title,
    date_published: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
    content_html: LITERAL_CONTENT,
    authors: [{ name: 'Ana “A&B” <Núñez>' }],
  }));
  return JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'Literal', items });
}
