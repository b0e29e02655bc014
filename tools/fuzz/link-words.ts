/** How texts in Markdown name other articles, take in other files, and embed what lies elsewhere. */

export const LINK_WORDS = [
  ...[
    '](b.md)',
    '](../b.md#c)',
    '](/b/)',
    '](b.html)',
    '](@/b.md)',
    '](link://slug/b)',
    '](|filename|b.md)',
    '[[b#c|d]]',
  ],
  ...[
    '{{< ref "b" >}}',
    '{{< relref "b.md#c" >}}',
    '{% link _posts/b.md %}',
    '[b]({% post_url b %})',
    '[a]({tag}sea birds)',
  ],
  ...[
    '<!--@include: ./b.md-->\n',
    '<<< ./b.js\n',
    '--8<-- "b.txt"\n',
    '{% include_relative b.md %}',
    '{% include b.md %}',
  ],
  ...['{% include_code A lang:js from:2 b.js %}', '{% capture a %}', '{% endcapture %}', '{{ a | markdownify }}'],
  ...['@[card](https://a.example/)\n', '@[youtube](abcdefg)\n', '{% github a/b %}', '{% cta /a %}', '{% endcta %}'],
  ...[
    '<YouTube id="abcdefg" />',
    '<A-B c="d" />',
    '<A-B>',
    '</A-B>',
    '```js:a.js\n',
    'article-link:0',
    '](article-link:0)',
  ],
];
