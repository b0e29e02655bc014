"""The program `reader` as somebody uses it: subscribes where nobody has, updates, prints what there is, and takes it for read.

Arguments: the database, the address. Standard output: a JSON list of {"id", "title", "link", "published", "text", "author",
"files", "isNew"}.
"""

import json
import sys

import reader

library = reader.make_reader(sys.argv[1])
if not list(library.get_feeds()):
    library.add_feed(sys.argv[2])
# All feeds at once would be updated once an hour at most.
for feed in list(library.get_feeds()):
    library.update_feed(feed)
shown = []
for entry in library.get_entries():
    content = entry.get_content()
    shown.append(
        {
            "id": entry.id,
            "title": entry.title or "",
            "link": entry.link or "",
            "published": None if entry.published is None else entry.published.timestamp(),
            "text": "" if content is None else content.value,
            "author": entry.author or "",
            "files": [enclosure.href for enclosure in entry.enclosures],
            "isNew": not entry.read,
        }
    )
    library.mark_entry_as_read(entry)
print(json.dumps(shown))
