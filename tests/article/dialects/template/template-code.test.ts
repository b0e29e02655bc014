import { describe, expect, it } from 'vitest';
import { renderContent } from '../../../../lambda/article/content.ts';
import { TEST_SITE } from '../../article-file.ts';

function render(text: string, kind: 'markdown' | 'html' = 'markdown') {
  const context = { key: 'posts/a.md', articleUrl: 'https://example.org/posts/a/', site: TEST_SITE };
  return renderContent({ kind, text, firstLine: 1 }, context);
}

const html = (text: string) => render(text).html;
/** The files that links may mean, the likeliest first, with what comes behind their addresses. */
const files = (text: string) => render(text).links.map(({ paths, rest }) => `${paths.join(' ')}${rest}`);

describe('Liquid', () => {
  it('gives addresses', () => {
    expect(html('[a]({{ site.baseurl }}/a/) [b]({{ site.url }}/b/) [c]({{ "/c d/" | relative_url }})')).toBe(
      '<p><a href="https://example.org/a/">a</a> <a href="https://example.org/b/">b</a> <a href="https://example.org/c%20d/">c</a></p>',
    );
    expect(files('[a]({% post_url 2021-01-02-ebb %}) [b]({{ site.url }}{% link _posts/b.md %})')).toEqual([
      'posts/2021-01-02-ebb 2021-01-02-ebb',
      '_posts/b.md',
    ]);
    expect(html('{{ page.url }}')).toBe(
      '<p><a href="https://example.org/posts/a/">https://example.org/posts/a/</a></p>',
    );
    expect(html('[p]({% link /a.pdf %})')).toBe('<p><a href="https://example.org/a.pdf">p</a></p>');
  });

  it('gives code', () => {
    expect(html('{% highlight ruby linenos %}\nputs "<a>"\n\nend\n{% endhighlight %}')).toBe(
      '<pre><code class="language-ruby">puts "&lt;a&gt;"\n\nend\n</code></pre>',
    );
    expect(html('{% codeblock lang:js title %}\nx()\n{% endcodeblock %}')).toBe(
      '<figure>\n<figcaption>title</figcaption>\n<pre><code class="language-js">x()\n</code></pre>\n</figure>',
    );
  });

  it('gives images, films, quotations and links', () => {
    expect(html('{% image "img/a.png" "An ebb" %}')).toBe(
      '<p><img src="https://example.org/img/a.png" alt="An ebb"></p>',
    );
    expect(html("{% img right /a.png 30 20 'T' 'A' %}")).toBe(
      '<p><img src="https://example.org/a.png" width="30" height="20" title="T" alt="A"></p>',
    );
    expect(html('{% include figure.html image="/a.png" caption="Ebb" %}')).toBe(
      '<figure><img src="https://example.org/a.png" alt="Ebb"><figcaption>Ebb</figcaption></figure>',
    );
    expect(html('{% youtube abcdefghijk %}')).toBe(
      '<p><a href="https://www.youtube.com/watch?v=abcdefghijk">https://www.youtube.com/watch?v=abcdefghijk</a></p>',
    );
    expect(html('{% blockquote N %}\nEbb *and* flow.\n{% endblockquote %}\n\nAfter.')).toBe(
      '<blockquote><p><cite>N</cite></p>\n<p>Ebb <em>and</em> flow.</p>\n</blockquote>\n<p>After.</p>',
    );
    expect(html('{% video /v.mp4 64 36 /p.png %}')).toContain('<video controls="" src="https://example.org/v.mp4"');
  });

  it('finds the files of a post of Hexo in the folder of its name', () => {
    expect(html('{% asset_img a.png %}')).toBe('<p><img src="https://example.org/posts/a/a.png" alt=""></p>');
    expect(html('{% asset_img wide b.png 30 20 The ebb %}')).toBe(
      '<p><img src="https://example.org/posts/a/b.png" width="30" height="20" title="The ebb" alt="The ebb"></p>',
    );
    expect(html(`{% asset_img b.png 30 '"The ebb" "Sand"' %}`)).toBe(
      '<p><img src="https://example.org/posts/a/b.png" width="30" title="The ebb" alt="Sand"></p>',
    );
    expect(html('{% asset_link c.pdf The whole paper true %}')).toContain('>The whole paper</a>');
    expect(html('{% asset_link c.pdf %} [c]({% asset_path c.pdf %}) {% asset_img /d.png %}')).toBe(
      '<p><a href="https://example.org/posts/a/c.pdf">c.pdf</a> <a href="https://example.org/posts/a/c.pdf">c</a> <img src="https://example.org/d.png" alt=""></p>',
    );
  });

  it('knows the values that the article itself gives', () => {
    expect(html('{% assign photo = "/a.png" %}![]({{ photo | absolute_url }})')).toBe(
      '<p><img src="https://example.org/a.png" alt=""></p>',
    );
  });

  it('knows what it captures, also as Markdown', () => {
    const box = '<div>{{ box | markdownify }}</div>';
    expect(html(`{% capture box %}\nMind the *tide*.\n{% endcapture %}\n\n${box}`)).toBe(
      '<div><p>Mind the <em>tide</em>.</p>\n</div>',
    );
    expect(html('One.\n\n{%- set two -%}\nNo one.\n{%- endset -%}\n\nThree.')).toBe('<p>One.</p>\n<p>Three.</p>');
    const { html: shown, problems } = render('{% capture a %}{{ site.data.b }}{% endcapture %}One. {{ a }}');
    expect([shown, problems.length]).toEqual(['<p>One. </p>'.replace(' <', '<'), 1]);
  });

  it('prints no more than an article may hold', () => {
    const begin = process.cpuUsage();
    const { html: shown, problems } = render(
      `{% assign a = "${'ebb '.repeat(2_000)}" %}${'{{ a }}\n\n'.repeat(9_000)}`,
    );
    expect(shown.length).toBeLessThan(500_000);
    expect(problems).toMatchObject([{ code: 'template-left-out', line: 51 }]);
    expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(4_000);
  });

  it.each([
    ['shows nothing', '[x]: y\n'.repeat(2_800), '{{a|markdownify}}'.repeat(20_000)],
    ['becomes long first', 'a *b* '.repeat(3_300), `{{a${'|append:a'.repeat(800)}|markdownify}}`.repeat(60)],
  ])('reads no more Markdown than an article may hold: what %s', (_, captured, printed) => {
    const begin = process.cpuUsage();
    const { problems } = render(`{% capture a %}${captured}{% endcapture %}${printed}`);
    expect(problems).toMatchObject([{ code: 'template-left-out' }]);
    expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(3_000);
  });

  it('tells the lines of thousands of values in the time of one reading', () => {
    const begin = process.cpuUsage();
    const text = Array.from({ length: 19_900 }, (_, index) => `{{ a${index} }}\n`).join('');
    const { problems } = render(text);
    expect([problems.length, problems[0]?.line, problems.at(-1)?.line]).toEqual([19_900, 1, 19_900]);
    expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(3_000);
  });

  it('leaves out styles and scripts that it puts together', () => {
    expect(html('One.\n\n{% css %}a { b: c }{% endcss %}\n{% js %}d(){% endjs %}\n\nTwo.')).toBe(
      '<p>One.</p>\n<p>Two.</p>',
    );
  });

  it('gives boxes and films that are included', () => {
    expect(html('{% include note.html content="Mind the *tide*." %}')).toBe('<p>Mind the <em>tide</em>.</p>');
    expect(html('{% include video id="abcdefghijk" provider="youtube" %}')).toContain('watch?v=abcdefghijk"');
  });

  it('is left out where only the old site knows what it shows, and each kind reported once', () => {
    const { html: shown, problems } = render(
      'One {% notebook a %} two.\n\n{% notebook b %}\n\n{{ page.views }}\n\n{% for p in posts %}{{ p }}{% endfor %}end',
    );
    expect(shown).toBe('<p>One  two.</p>\n<p>end</p>');
    expect(problems.map(({ code, line, message }) => [code, line, message.slice(0, 33)])).toEqual([
      ['template-left-out', 1, 'The template code {% notebook %} '],
      ['template-left-out', 5, 'The template code {{ page.views }'],
      ['template-left-out', 7, 'The template code {% for %} can’t'.replace('’', "'")],
    ]);
  });

  it('keeps what an unknown block encloses', () => {
    expect(html('{% note info %}\nMind the *tide*.\n{% endnote %}')).toBe('<p>Mind the <em>tide</em>.</p>');
  });
});

describe('Hugo', () => {
  it('gives links', () => {
    expect(files('[a]({{< relref "b.md#part" >}}) [b]({{% ref "/posts/c" %}}) [c]({{< ref "d" >}})')).toEqual([
      'posts/b.md b.md#part',
      'posts/c',
      'posts/d d',
    ]);
    expect(html('[a]({{< ref "#part" >}})')).toBe('<p><a href="https://example.org/posts/a/#part">a</a></p>');
  });

  it('gives an address in a sentence as a link', () => {
    expect(html('[a]({{< figure src="a.png" >}}) [b]({% gallery %}).')).toBe('<p>a b.</p>');
    expect(html('See {{< ref "b.md#part" >}}.')).toBe('<p>See <a href="article-link:0">b.md</a>.</p>');
    expect(html('<a href="{{< ref "b.md#part" >}}">b</a>')).toBe('<p><a href="article-link:0">b</a></p>');
  });

  it('gives images with their captions', () => {
    const figure =
      '<figure><img src="https://example.org/posts/a.png" alt="The ebb"><figcaption>The <em>ebb</em></figcaption></figure>';
    expect(html('{{< image src="a.png" caption="The *ebb*" >}}')).toBe(figure);
    expect(html('{{< figure link="a.png" caption="x" >}}')).toContain(
      '><img src="https://example.org/posts/a.png" alt="x"></a>',
    );
  });

  it('gives figures with their credit', () => {
    const { html: shown, images } = render('{{< figure src="a.png" alt="A" caption="Ebb." attr="N / AGENCY" >}}');
    expect(shown).toBe(
      '<figure><img src="https://example.org/posts/a.png" alt="A"><figcaption>Ebb. <cite>N / AGENCY</cite></figcaption></figure>',
    );
    expect(images).toMatchObject([{ caption: 'Ebb.', credit: 'N / AGENCY' }]);
  });

  it('gives code', () => {
    expect(html('{{< highlight go "linenos=table" >}}\na := 1\n{{< /highlight >}}')).toBe(
      '<pre><code class="language-go">a := 1\n</code></pre>',
    );
  });

  it('keeps what an unknown shortcode encloses', () => {
    const { html: shown, problems } = render('{{% callout %}}\nMind the *tide*.\n{{% /callout %}}\n\n{{< plotly />}}');
    expect(shown).toBe('<p>Mind the <em>tide</em>.</p>');
    expect(problems.map(({ line }) => line)).toEqual([1, 5]);
  });

  it.each([
    ['{{% alert title="Mind *it*" %}}\nEbb.\n{{% /alert %}}', '<p><strong>Mind <em>it</em></strong></p>\n<p>Ebb.</p>'],
    ['{{< tab "A" >}} # Ebb\n{{< /tab >}}', '<p><strong>A</strong></p>\n<h1>Ebb</h1>'],
    ['{{< admonition tip "A" >}}Ebb.{{< /admonition >}}', '<p><strong>A</strong></p>\n<p>Ebb.</p>'],
    ['{% note(title="A") %}\nEbb.\n{% end %}', '<p><strong>A</strong></p>\n<p>Ebb.</p>'],
    ['The {{< tip title="A" >}}ebb{{< /tip >}}.', '<p>The ebb.</p>'],
    ['{{< card title="A" >}}\n\nEbb.', '<p>Ebb.</p>'],
  ])('keeps the title of a block that it does not know: %s', (text, shown) => {
    expect(html(text)).toBe(shown);
  });

  it('shows a drawing in words as code', () => {
    expect(html('{{< mermaid >}}\ngraph LR; A-->B\n{{< /mermaid >}}')).toBe(
      '<pre><code>graph LR; A--&gt;B\n</code></pre>',
    );
  });

  it.each(['[TOC]', '[toc]', '[[toc]]', '[[_TOC_]]'])('has no table of contents: %s', (mark) => {
    expect(html(`One.\n\n${mark}\n\nTwo, [toc] and [[toc]].`)).toBe('<p>One.</p>\n<p>Two, [toc] and toc.</p>');
  });

  it('gives what Go templates print', () => {
    expect(html('{{raw `\n    a < b\n`}}\n\n{{video "https://www.youtube.com/embed/abcdefghijk"}}')).toBe(
      '<pre><code>a &lt; b\n</code></pre>\n<p><a href="https://www.youtube.com/watch?v=abcdefghijk">https://www.youtube.com/watch?v=abcdefghijk</a></p>',
    );
  });
});

describe('a quotation', () => {
  const quoted = (said: string, by = '') => `<blockquote>${by && `<p><cite>${by}</cite></p>\n`}<p>${said}</p>`;

  it.each([
    ['Hugo', '{{< quote author="N" >}}Ebb.{{< /quote >}}', quoted('Ebb.', 'N')],
    ['Hugo, as Markdown', '{{% quote %}}Ebb.{{% /quote %}}', '<blockquote>\n<p>Ebb.</p>'],
    ['Zola', '{% quote(author="N") %}\nEbb.\n{% end %}', quoted('Ebb.', 'N')],
    ['Zola, around a block', '{% quote() %}{% note(a=1) %}Ebb.{% end %}{% end %}', '<blockquote>\n<p>Ebb.</p>'],
    ['Octopress', '{% blockquote N %}\nEbb.\n{% endblockquote %}', quoted('Ebb.', 'N')],
  ])('ends where its end stands: %s', (_, text, opened) => {
    expect(html(`One.\n\n${text}\n\nTwo.`)).toBe(`<p>One.</p>\n${opened}\n</blockquote>\n<p>Two.</p>`);
  });

  it.each([
    ['without an end', '{{< quote "*Ebb*." >}}'],
    ['with its end in itself', '{{< quote "*Ebb*." />}}'],
    ['with an end that is code', '{{< quote "*Ebb*." >}}\n\n`{{< /quote >}}`'],
  ])('says what its arguments say: %s', (_, text) => {
    expect(html(`${text}\n\nTwo.`)).toMatch(/^<blockquote><p><em>Ebb<\/em>\.<\/p><\/blockquote>[\s\S]*<p>Two/);
  });

  it('parts a paragraph', () => {
    expect(html('One {{% quote %}}ebb{{% /quote %}} and two.')).toBe(
      '<p>One</p>\n<blockquote>\n<p>ebb</p>\n</blockquote>\n<p>and two.</p>',
    );
  });

  it('says who spoke, where Zola has it in one tag', () => {
    expect(html('{{ quote(text="Ebb.", author="N") }}')).toBe(
      '<blockquote><p>Ebb.</p><p><cite>N</cite></p></blockquote>',
    );
  });
});

describe('what is folded away, and a button', () => {
  it.each([
    ['Hugo', '{{< details summary="*More*" open=true >}}\nEbb.\n{{< /details >}}'],
    ['Liquid', '{% details *More* %}\nEbb.\n{% enddetails %}'],
  ])('keep their titles: %s', (_, text) => {
    expect(html(`One.\n\n${text}\n\nTwo.`)).toBe(
      '<p>One.</p>\n<details><summary><em>More</em></summary>\n<p>Ebb.</p>\n</details>\n<p>Two.</p>',
    );
  });

  it('lead somewhere', () => {
    const link = '<p><a href="https://example.org/b/">Go</a></p>';
    expect(html('{{< button href="/b/" >}}Go{{< /button >}}')).toBe(link);
    expect(html('{{< button "Go" "/b/" >}}')).toBe(link);
    expect(html('{{< button href="javascript:x" >}}Go{{< /button >}}')).toBe('<p>Go</p>');
  });
});

describe('what other sites show', () => {
  it.each([
    ['{{< gist n 7896402 >}}', 'https://gist.github.com/n/7896402'],
    ['{% gist n/12ef %}', 'https://gist.github.com/n/12ef'],
    ['{% gist 0123456789abcdef0123 a.js %}', 'https://gist.github.com/0123456789abcdef0123'],
    ['{{< instagram aB-c >}}', 'https://www.instagram.com/p/aB-c/'],
    ['{{< spotify type="album" id="1a" >}}', 'https://open.spotify.com/album/1a'],
    ['{{< spotify "spotify:track:1a" >}}', 'https://open.spotify.com/track/1a'],
    ['{{< soundcloud "https://soundcloud.com/n/ebb" >}}', 'https://soundcloud.com/n/ebb'],
    ['{% codepen n aBc js,result %}', 'https://codepen.io/n/pen/aBc'],
    ['{% jsfiddle aBc %}', 'https://jsfiddle.net/aBc/'],
    ['{% iframe https://player.vimeo.com/video/1 3 4 %}', 'https://vimeo.com/1'],
  ])('is linked to: %s', (text, page) => {
    expect(html(text)).toBe(`<p><a href="${page}">${page}</a></p>`);
  });

  it('is left out where nobody here knows its page', () => {
    const { html: shown, problems } = render('a{{< soundcloud 1 >}}{{< codepen id="a" >}}{{< audio 1 >}}');
    expect([shown, problems.length]).toEqual(['<p>a</p>', 3]);
  });
});

it('plays a sound', () => {
  expect(html('{{< audio src="a.mp3" >}}')).toBe(
    '<p><audio controls="" src="https://example.org/posts/a.mp3"></audio></p>',
  );
});

it("reads Zola's arguments", () => {
  expect(html('{{ image(src="a.png", alt="Ebb, 1") }} {{ vimeo(id="1") }}')).toBe(
    '<p><img src="https://example.org/posts/a.png" alt="Ebb, 1"> <a href="https://vimeo.com/1">https://vimeo.com/1</a></p>',
  );
});

describe('a remark to oneself', () => {
  it.each([
    ['Kramdown', '{::comment}\nno *one*\n\n`{:/}\n{:/comment}'],
    ['Kramdown, in short', '{::comment}no one{:/}'],
    ['Nunjucks', '{# no\none #}'],
    ['Nunjucks, trimmed', '{#- no one -#}'],
    ['Nunjucks, without blanks', '{#no\none#}'],
    ['Liquid', '{% # no one %}'],
    ['Liquid, as a block', '{% comment %}no one{% endcomment %}'],
    ['Hugo, as a block', '{{% comment %}}no one{{% /comment %}}'],
    ['Go', '{{/* no one */}}'],
    ['Ruby', '<%# no one %>'],
  ])('is shown to nobody: %s', (_, text) => {
    const { html: shown, problems } = render(`One.\n\n${text}\n\nTwo.`);
    expect(shown).not.toContain('no');
    expect(shown).toMatch(/^<p>One\.<\/p>[\s\S]*<p>Two\.<\/p>$/);
    expect(problems).toEqual([]);
  });

  it.each([
    ['{% comment %}', '{% endcomment %}'],
    ['{{< comment >}}', '{{< /comment >}}'],
  ])('hides all that follows where %s has no end, and says so', (open, close) => {
    const { html: shown, problems } = render(`One.\n\n${open} For no one.\n\nNor this.`);
    expect(shown).toBe('<p>One.</p>');
    expect(problems.map(({ code, line }) => `${code}@${line}`)).toEqual(['markup-left-out@3']);
    expect(problems[0]?.message).toContain('5 words');
    expect(problems[0]?.fix).toContain(close);
  });

  it('is none in code, without an end, or where it is an id', () => {
    expect(html('`{# a #}` {# b <%# c')).toBe('<p><code>{# a #}</code> {# b &lt;%# c</p>');
    expect(html('# Ebb {#ebb}\n\n{#each} #}')).toBe('<h1 id="ebb">Ebb</h1>\n<p>{#each} #}</p>');
  });
});

describe('template code in code', () => {
  it.each([
    ['a fence', '```\n{{ a }} {% if b %}\n```'],
    ['an indented block', 'a\n\n    {{ a }} {% if b %}'],
    ['a span', '`{{ a }} {% if b %}`'],
    ['an element', '<code>{{ a }} {% if b %}</code>'],
    ['a fence in a list', '- a\n\n  ```\n  {{ a }} {% if b %}\n  ```'],
  ])('is shown: %s', (_, text) => {
    const { html: shown, problems } = render(text);
    expect(shown).toContain('{{ a }} {% if b %}');
    expect(problems).toEqual([]);
  });

  it('loses what kept the old site from running it', () => {
    expect(html('```\n{% raw %}{{ a }}{% endraw %}\n```')).toBe('<pre><code>{{ a }}\n</code></pre>');
    expect(html('`{{</* figure */>}}`')).toBe('<p><code>{{&lt; figure &gt;}}</code></p>');
  });

  it('is shown outside of code where the author asks for it', () => {
    expect(html('{% raw %}`{{ a }}` and {{ b }}{% endraw %}')).toBe('<p><code>{{ a }}</code> and {{ b }}</p>');
    expect(html('Write {{%/* note */%}}.')).toBe('<p>Write {{% note %}}.</p>');
  });
});

describe('other marks of other systems', () => {
  it('are left out: attribute lists, tables of contents', () => {
    expect(html('# Ebb {#ebb .wide}\n\n[a](/a/){: target="_blank" }\n{: .lead}')).toBe(
      '<h1 id="ebb">Ebb</h1>\n<p><a href="https://example.org/a/">a</a></p>',
    );
    expect(html('* TOC\n{:toc}\n\n[TOC]\n\nEbb.')).toBe('<p>Ebb.</p>');
  });

  it('give their contents: boxes', () => {
    expect(html(':::tip Mind the tide\n\nEbb.\n\n:::')).toBe('<p><strong>Mind the tide</strong></p>\n<p>Ebb.</p>');
  });

  it.each([
    ['::: info Note: mind {the} gap', 'Note: mind {the} gap'],
    ['::: 提示 标题', '提示 标题'],
    [':::note{title="Ebb"}', 'Ebb'],
    ['::: warning Ebb {.wide}', 'Ebb'],
    [':::tip[Ebb]', 'Ebb'],
  ])('keep the whole title of a box: %s', (opener, title) => {
    expect(html(`${opener}\n\nFlow.\n\n:::`)).toBe(`<p><strong>${title}</strong></p>\n<p>Flow.</p>`);
  });

  it('stay where they are just text', () => {
    expect(html('A set {a, b}, {: and, } alone, {{ never closed')).toBe(
      '<p>A set {a, b}, {: and, } alone, {{ never closed</p>',
    );
  });
});
