"""Readers from PyPI, each as it is used.

Standard input: one JSON object a line, {"reader", "format", "file", "url"}. Standard output: one JSON object a line,
{"shown": ...} (see table/shown.ts), {"error": why} or {"absent": why}.
"""

import calendar
import json
import os
import subprocess
import sys
import tempfile


def of_feedparser(job):
    import feedparser

    return shown_by_feedparser(feedparser.parse(job["data"]))


def shown_by_feedparser(parsed):
    return {
        "home": parsed.feed.get("link"),
        "entries": [
            {
                "id": entry.get("id"),
                "title": entry.get("title", ""),
                "link": entry.get("link"),
                "published": seconds(entry.get("published_parsed")),
                "updated": seconds(entry.get("updated_parsed")) if "updated" in entry else None,
                "author": entry.get("author", ""),
                "tags": [tag.label or tag.term for tag in entry.get("tags", [])],
                "files": [file.get("href") for file in entry.get("enclosures", [])],
                "number": number(entry.get("itunes_episode")),
                "duration": entry.get("itunes_duration"),
                "text": next((one.value for one in entry.get("content", [])), entry.get("summary")),
            }
            for entry in parsed.entries
        ],
    }


def of_fastfeedparser(job):
    import fastfeedparser

    parsed = fastfeedparser.parse(job["data"])
    return {
        "home": parsed.feed.get("link"),
        "entries": [
            {
                "id": entry.get("id"),
                "title": entry.get("title") or "",
                "link": entry.get("link"),
                "published": instant(entry.get("published")),
                "updated": instant(entry.get("updated")),
                "author": entry.get("author") or "",
                "tags": [tag.get("label") or tag.get("term") for tag in entry.get("tags") or []],
                "files": [file.get("url") or file.get("href") for file in entry.get("enclosures") or []],
                "text": next((one.get("value") for one in entry.get("content") or []), entry.get("description")),
            }
            for entry in parsed.entries
        ],
    }


def of_atoma(job):
    import atoma

    if job["format"] == "rss":
        feed = atoma.parse_rss_bytes(job["data"])
        return {
            "home": feed.link,
            "entries": [
                {
                    "id": item.guid,
                    "title": item.title or "",
                    "link": item.link,
                    "published": item.pub_date.timestamp(),
                    "tags": list(item.categories),
                    "files": [file.url for file in item.enclosures],
                    "text": item.content_encoded or item.description,
                }
                for item in feed.items
            ],
        }
    if job["format"] == "atom":
        feed = atoma.parse_atom_bytes(job["data"])
        return {
            "home": href(feed.links),
            "entries": [
                {
                    "id": entry.id_,
                    "title": entry.title.value,
                    "link": href(entry.links),
                    "published": entry.published.timestamp(),
                    "updated": entry.updated.timestamp(),
                    "author": ", ".join(author.name for author in entry.authors),
                    "tags": [category.label or category.term for category in entry.categories],
                    "text": None if entry.content is None else entry.content.value,
                }
                for entry in feed.entries
            ],
        }
    feed = atoma.parse_json_feed_bytes(job["data"])
    return {
        "home": feed.home_page_url,
        "entries": [
            {
                "id": item.id_,
                "title": item.title or "",
                "link": item.url,
                "published": item.date_published.timestamp(),
                "updated": item.date_modified.timestamp(),
                "tags": list(item.tags),
                "files": [file.url for file in item.attachments],
                "text": item.content_html,
            }
            for item in feed.items
        ],
    }


def of_podcastparser(job):
    import io

    import podcastparser

    parsed = podcastparser.parse(job["url"], io.BytesIO(job["data"]))
    return {
        "home": parsed.get("link"),
        "entries": [
            {
                "id": episode["guid"],
                "title": episode["title"],
                "link": episode["link"],
                "published": episode["published"],
                "files": [file["url"] for file in episode["enclosures"]],
                "number": episode.get("number"),
                "duration": episode.get("total_time") or None,
                "text": episode.get("description_html") or episode.get("description"),
            }
            for episode in parsed["episodes"]
        ],
    }


def of_reader(job):
    import reader

    library = reader.make_reader(":memory:", feed_root=os.path.dirname(job["file"]))
    library.add_feed(os.path.basename(job["file"]))
    library.update_feeds()
    [feed] = library.get_feeds()
    if feed.last_exception is not None:
        raise ValueError(feed.last_exception.value_str)
    return {
        "home": feed.link,
        "entries": [
            {
                "id": entry.id,
                "title": entry.title or "",
                "link": entry.link,
                "published": moment(entry.published),
                "updated": moment(entry.updated),
                "author": entry.author or "",
                "files": [file.href for file in entry.enclosures],
                "text": None if entry.get_content() is None else entry.get_content().value,
            }
            for entry in library.get_entries()
        ],
    }


def of_rss2email(job):
    """What it mails: the name of the sender, the subject, the link in the text."""
    import email
    import email.header
    import email.policy

    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "config")
        with open(config, "w") as stream:
            stream.write(
                "[DEFAULT]\nfrom = reader@fathom.example\nto = me@fathom.example\nemail-protocol = maildir\n"
                f"maildir-path = {folder}/mail\nmaildir-mailbox = \nname-format = {{author}}\nuse-publisher-email = True\n"
                "digest = False\nuse-8bit = True\n"
            )
        for name in ("cur", "new", "tmp"):
            os.makedirs(os.path.join(folder, "mail", name))
        command = [os.path.join(os.path.dirname(sys.executable), "r2e"), "-c", config, "-d", os.path.join(folder, "db.json")]
        environment = {**os.environ, "HOME": folder, "NO_PROXY": "*"}
        for words in (["add", "feed", job["url"]], ["run"]):
            done = subprocess.run(command + words, env=environment, capture_output=True, text=True, timeout=120)
            if done.returncode != 0:
                raise ValueError(done.stderr[-300:])
        entries = []
        for name in os.listdir(os.path.join(folder, "mail", "new")):
            with open(os.path.join(folder, "mail", "new", name), "rb") as stream:
                mail = email.message_from_binary_file(stream, policy=email.policy.default)
            # The sender's address is shown as well: it must be nobody's of the publication.
            sender = str(mail["From"])
            own = sender.replace("<reader@fathom.example>", "").strip().strip('"')
            entries.append({"title": str(mail["Subject"]), "author": own})
    return {"entries": entries}


def of_feedparser_rs(job):
    import feedparser_rs

    # It leaves out addresses of this machine, where the publication is served.
    local, public = b"http://127.0.0.1:", b"http://fathom.example:"
    back = lambda text: None if text is None else text.replace(public.decode(), local.decode())
    parsed = feedparser_rs.parse(job["data"].replace(local, public))
    return {
        "home": back(parsed.feed.link),
        "entries": [
            {
                "id": entry.id,
                "title": entry.title or "",
                "link": back(entry.link),
                "published": seconds(entry.published_parsed),
                "updated": seconds(entry.updated_parsed),
                "author": ", ".join(author.name or "" for author in entry.authors),
                "tags": [tag.label or tag.term for tag in entry.tags],
                "files": [back(file.href) for file in entry.enclosures],
                "text": next((one.value for one in entry.content), entry.summary),
            }
            for entry in parsed.entries
        ],
    }


def of_rss_parser(job):
    from rss_parser import AtomParser, RSSParser

    text = job["data"].decode()
    words = lambda tag: "" if tag is None else str(tag.content)
    when = lambda tag: None if tag is None else tag.content.timestamp()
    if job["format"] == "rss":
        channel = RSSParser.parse(text).channel
        return {
            "home": words(channel.link),
            "entries": [
                {
                    "id": words(item.guid),
                    "title": words(item.title),
                    "link": words(item.links[0]) if item.links else None,
                    "published": when(item.pub_date),
                    "tags": [words(category) for category in item.categories],
                    "files": [file.attributes["url"] for file in item.enclosures],
                    "text": words(item.description),
                }
                for item in channel.items
            ],
        }
    feed = AtomParser.parse(text).feed
    page = lambda links: next(link.attributes["href"] for link in links if link.attributes.get("rel") == "alternate")
    return {
        "home": page(feed.links),
        "entries": [
            {
                "id": words(entry.id),
                "title": words(entry.title),
                "link": page(entry.links),
                "published": when(entry.published),
                "updated": when(entry.updated),
                "author": ", ".join(words(author.content.name) for author in entry.authors),
                "tags": [category.attributes.get("label") or category.attributes["term"] for category in entry.categories],
                "files": [
                    link.attributes["href"] for link in entry.links if link.attributes.get("rel") == "enclosure"
                ],
            }
            for entry in feed.entries
        ],
    }


READERS = {
    "feedparser-rs": of_feedparser_rs,
    "rss-parser": of_rss_parser,
    "feedparser": of_feedparser,
    "fastfeedparser": of_fastfeedparser,
    "atoma": of_atoma,
    "podcastparser": of_podcastparser,
    "reader": of_reader,
    "rss2email": of_rss2email,
}


def href(links):
    return next((link.href for link in links if link.rel in (None, "alternate")), None)


def seconds(time):
    return None if time is None else calendar.timegm(time)


def moment(time):
    return None if time is None else time.timestamp()


def instant(text):
    from datetime import datetime

    return None if text is None else datetime.fromisoformat(text).timestamp()


def number(text):
    return None if text in (None, "") else float(text)


for line in sys.stdin:
    job = json.loads(line)
    try:
        with open(job["file"], "rb") as stream:
            answer = {"shown": READERS[job["reader"]]({**job, "data": stream.read()})}
    except ImportError as missing:
        answer = {"absent": str(missing)}
    except Exception as error:  # Whatever a reader dies of is its answer.
        answer = {"error": f"{type(error).__name__}: {error}"[:200]}
    print(json.dumps(answer), flush=True)
