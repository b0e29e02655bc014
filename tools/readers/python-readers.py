"""Parsers for Python, as many as are installed.

Standard input: one JSON object a line, {"reader", "format", "file"}: which parser shall read which document. Standard
output: one JSON object a line, {"readings": [...]} or {"skipped": why}.
"""

import calendar
import json
import sys


def read_by_feedparser(data, _format):
    import feedparser

    return [
        {
            "id": entry.get("id"),
            "title": entry.get("title"),
            "link": entry.get("link"),
            "published": seconds(entry.get("published_parsed")),
            "updated": seconds(entry.get("updated_parsed")) if "updated" in entry else None,
            "authors": [author.get("name") for author in entry.get("authors", []) if author.get("name")] or None,
            "content": entry.content[0].value if "content" in entry else entry.get("summary"),
        }
        for entry in feedparser.parse(data).entries
    ]


def read_by_fastfeedparser(data, _format):
    import fastfeedparser

    return [
        {
            "id": entry.get("id"),
            "title": entry.get("title"),
            "link": entry.get("link"),
            "published": instant(entry.get("published")),
            "content": entry["content"][0]["value"] if entry.get("content") else entry.get("description"),
        }
        for entry in fastfeedparser.parse(data).entries
    ]


def read_by_atoma(data, format):
    import atoma

    if format == "rss":
        return [
            {
                "id": item.guid,
                "title": item.title,
                "link": item.link,
                "published": int(item.pub_date.timestamp()),
                "content": item.content_encoded or item.description,
            }
            for item in atoma.parse_rss_bytes(data).items
        ]
    if format == "atom":
        return [
            {
                "id": entry.id_,
                "title": entry.title.value,
                "link": next(link.href for link in entry.links if link.rel == "alternate"),
                "published": int(entry.published.timestamp()),
                "updated": int(entry.updated.timestamp()),
                "authors": [author.name for author in entry.authors] or None,
                "content": entry.content.value if entry.content else entry.summary.value,
            }
            for entry in atoma.parse_atom_bytes(data).entries
        ]
    return [
        {
            "id": item.id_,
            "title": item.title,
            "link": item.url,
            "published": int(item.date_published.timestamp()),
            "updated": int(item.date_modified.timestamp()),
            "content": item.content_html or item.content_text,
        }
        for item in atoma.parse_json_feed_bytes(data).items
    ]


def read_by_podcastparser(data, _format):
    """Knows episodes only; it reads Windows' and the Web's podcasts for gPodder."""
    import io

    import podcastparser

    return [
        {
            "id": episode["guid"],
            "title": episode["title"],
            "link": episode["link"],
            "published": episode["published"],
            "content": episode.get("description_html") or episode["description"],
        }
        for episode in podcastparser.parse("http://127.0.0.1/", io.BytesIO(data))["episodes"]
    ]


READERS = {
    "feedparser": read_by_feedparser,
    "fastfeedparser": read_by_fastfeedparser,
    "atoma": read_by_atoma,
    "podcastparser": read_by_podcastparser,
}


def seconds(time):
    return None if time is None else calendar.timegm(time)


def instant(text):
    from datetime import datetime

    return None if text is None else int(datetime.fromisoformat(text).timestamp())


def told(reading):
    return {name: value for name, value in reading.items() if value is not None}


for line in sys.stdin:
    job = json.loads(line)
    try:
        with open(job["file"], "rb") as stream:
            readings = READERS[job["reader"]](stream.read(), job["format"])
        print(json.dumps({"readings": [told(reading) for reading in readings]}), flush=True)
    except ImportError as missing:
        print(json.dumps({"skipped": str(missing)}), flush=True)
