"""What Pelican has for articles and pages, as JSON."""

import json

from pelican import signals


def entry(content):
    return {
        "title": content.title,
        "date": content.date.isoformat() if hasattr(content, "date") else None,
        "url": "/" + content.save_as,
        "authors": [author.name for author in getattr(content, "authors", [])],
        "tags": [str(tag) for tag in [*getattr(content, "tags", []), content.category]],
        "html": content.content,
        "unlisted": content.status == "hidden",
    }


def write(generators):
    articles = [each for each in generators if hasattr(each, "articles")]
    pages = [each for each in generators if hasattr(each, "pages")]
    contents = [
        *(c for g in articles for c in [*g.articles, *g.translations, *g.hidden_articles]),
        *(c for g in pages for c in g.pages),
    ]
    with open("entries.json", "w", encoding="utf-8") as file:
        json.dump([entry(content) for content in contents], file)


def register():
    signals.all_generators_finalized.connect(write)
