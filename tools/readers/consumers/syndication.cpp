/*
 * KF5 Syndication, on which Akregator stands, as it is used. Arguments: files. Standard output: a line for each file, {"shown"}
 * (see table/shown.ts) or {"error"}.
 */
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <Syndication/Syndication>
#include <cstdio>

static QJsonObject entryOf(const Syndication::ItemPtr &item) {
  QStringList names;
  for (const auto &author : item->authors()) names << author->name();
  QJsonArray tags, files;
  for (const auto &tag : item->categories()) tags << (tag->label().isEmpty() ? tag->term() : tag->label());
  for (const auto &file : item->enclosures()) files << file->url();
  QJsonObject shown{{"id", item->id()}, {"title", item->title()}, {"link", item->link()},
                    {"author", names.join(", ")}, {"tags", tags}, {"files", files},
                    {"text", item->content().isEmpty() ? item->description() : item->content()}};
  if (item->datePublished()) shown["published"] = double(item->datePublished());
  if (item->dateUpdated()) shown["updated"] = double(item->dateUpdated());
  return shown;
}

int main(int count, char **files) {
  for (int index = 1; index < count; index++) {
    QFile file(files[index]);
    file.open(QIODevice::ReadOnly);
    const Syndication::DocumentSource source(file.readAll(), QStringLiteral("http://127.0.0.1/"));
    const Syndication::FeedPtr feed = Syndication::parserCollection()->parse(source);
    QJsonObject answer{{"error", "not read"}};
    if (feed) {
      QJsonArray entries;
      for (const auto &item : feed->items()) entries << entryOf(item);
      answer = {{"shown", QJsonObject{{"home", feed->link()}, {"entries", entries}}}};
    }
    std::puts(QJsonDocument(answer).toJson(QJsonDocument::Compact).constData());
  }
  return 0;
}
