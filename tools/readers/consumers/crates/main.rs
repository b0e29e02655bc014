//! Readers from crates.io, each as it is used. Standard input: one JSON object a line, {"reader", "format", "file"}.
//! Standard output: one JSON object a line, {"shown"} (see table/shown.ts) or {"error"}.

use serde_json::{json, Value};
use std::{error::Error, fs, io, io::BufRead};

fn main() {
    for line in io::stdin().lock().lines() {
        let job: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let bytes = fs::read(job["file"].as_str().unwrap()).unwrap();
        let shown = match job["reader"].as_str().unwrap() {
            "feed-rs" => by_feed_rs(&bytes),
            "rss" => by_rss(&bytes),
            "atom_syndication" => by_atom(&bytes),
            other => Err(format!("no reader {other}").into()),
        };
        let answer = match shown {
            Ok(shown) => json!({ "shown": shown }),
            Err(error) => json!({ "error": error.to_string() }),
        };
        println!("{answer}");
    }
}

fn by_feed_rs(bytes: &[u8]) -> Result<Value, Box<dyn Error>> {
    let feed = feed_rs::parser::parse(bytes)?;
    let home = feed.links.iter().find(|link| link.rel.as_deref().unwrap_or("alternate") == "alternate");
    let entries: Vec<Value> = feed.entries.iter().map(|entry| {
        let link = entry.links.iter().find(|link| link.rel.as_deref().unwrap_or("alternate") == "alternate");
        let files: Vec<String> = entry.media.iter().flat_map(|media| &media.content)
            .filter_map(|content| content.url.as_ref().map(|url| url.to_string())).collect();
        json!({
            "id": entry.id,
            "title": entry.title.as_ref().map_or("", |text| &text.content),
            "link": link.map(|link| &link.href),
            "published": entry.published.map(|date| date.timestamp_millis() as f64 / 1000.0),
            "updated": entry.updated.map(|date| date.timestamp_millis() as f64 / 1000.0),
            "author": entry.authors.iter().map(|one| one.name.clone().unwrap_or_default()).collect::<Vec<_>>().join(", "),
            "tags": entry.categories.iter().map(|tag| tag.label.clone().unwrap_or(tag.term.clone())).collect::<Vec<_>>(),
            "files": files,
            "text": entry.content.as_ref().and_then(|content| content.body.clone())
                .or(entry.summary.as_ref().map(|text| text.content.clone())),
            "duration": entry.media.iter().find_map(|media| media.duration).map(|time| time.as_secs()),
        })
    }).collect();
    Ok(json!({ "home": home.map(|link| &link.href), "entries": entries }))
}

fn by_rss(bytes: &[u8]) -> Result<Value, Box<dyn Error>> {
    let channel = rss::Channel::read_from(bytes)?;
    let entries: Vec<Value> = channel.items().iter().map(|item| {
        let creators = item.dublin_core_ext().map(|core| core.creators().join(", "));
        json!({
            "id": item.guid().map(|guid| guid.value()),
            "title": item.title().unwrap_or(""),
            "link": item.link(),
            "author": creators.or(item.author().map(String::from)).unwrap_or_default(),
            "tags": item.categories().iter().map(|tag| tag.name()).collect::<Vec<_>>(),
            "files": item.enclosure().iter().map(|file| file.url()).collect::<Vec<_>>(),
            "text": item.content().or(item.description()),
            "number": item.itunes_ext().and_then(|itunes| itunes.episode()),
            "duration": item.itunes_ext().and_then(|itunes| itunes.duration()),
        })
    }).collect();
    Ok(json!({ "home": channel.link(), "entries": entries }))
}

fn by_atom(bytes: &[u8]) -> Result<Value, Box<dyn Error>> {
    let feed = atom_syndication::Feed::read_from(bytes)?;
    let page = |links: &[atom_syndication::Link]| {
        links.iter().find(|link| link.rel() == "alternate").map(|link| link.href().to_string())
    };
    let entries: Vec<Value> = feed.entries().iter().map(|entry| {
        json!({
            "id": entry.id(),
            "title": entry.title().as_str(),
            "link": page(entry.links()),
            "published": entry.published().map(|date| date.timestamp_millis() as f64 / 1000.0),
            "updated": entry.updated().timestamp_millis() as f64 / 1000.0,
            "author": entry.authors().iter().map(|one| one.name()).collect::<Vec<_>>().join(", "),
            "text": entry.content().and_then(|content| content.value()),
            "tags": entry.categories().iter().map(|tag| tag.label().unwrap_or(tag.term())).collect::<Vec<_>>(),
        })
    }).collect();
    Ok(json!({ "home": page(feed.links()), "entries": entries }))
}
