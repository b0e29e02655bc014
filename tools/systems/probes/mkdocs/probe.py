"""What MkDocs has for pages, as JSON."""

import html as html_text
import json
import re

from material.plugins.blog.structure import View

entries = []


def on_page_content(html, page, config, files):
    # Lists of posts are no pages of an author's.
    if isinstance(page, View):
        return
    settings = getattr(page, "config", None)
    dates = getattr(settings, "date", None)
    entries.append(
        {
            "title": html_text.unescape(page.title),
            "date": dates.created.isoformat() if dates else None,
            "url": "/" + page.url,
            "authors": [author.name for author in getattr(page, "authors", [])],
            "tags": [*page.meta.get("tags", []), *page.meta.get("categories", [])],
            "html": re.sub(r"(?s)<h1.*?</h1>", "", html, count=1),
        }
    )


def on_post_build(config):
    with open("entries.json", "w", encoding="utf-8") as file:
        json.dump(entries, file)
