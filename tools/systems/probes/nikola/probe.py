"""What Nikola has for posts and pages after a build, as JSON."""

import json

import conf
from nikola.nikola import Nikola

site = Nikola(**{name: value for name, value in vars(conf).items() if not name.startswith("__")})
site.init_plugins()
site.scan_posts()


def entry(post):
    return {
        "title": post.title(),
        "date": post.date.isoformat(),
        "url": post.permalink(),
        "authors": [post.author()],
        "tags": post.tags,
        "html": post.text(),
    }


with open("entries.json", "w", encoding="utf-8") as file:
    json.dump([entry(post) for post in [*site.posts, *site.pages]], file)
