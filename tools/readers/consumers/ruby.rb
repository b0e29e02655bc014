# Readers for Ruby, each as it is used. Standard input: one JSON object a line, {"reader", "format", "file"}. Standard
# output: one JSON object a line, {"shown"} (see table/shown.ts), {"error"} or {"absent"}.

require 'json'
require 'time'

def of_rss(text, format)
  require 'rss'
  feed = RSS::Parser.parse(text, false)
  page = ->(links) { (links.find { |link| (link.rel || 'alternate') == 'alternate' } || links.first)&.href }
  if format == 'atom'
    return {
      home: page.(feed.links),
      entries: feed.entries.map do |entry|
        {
          id: entry.id.content, title: entry.title&.content || '', link: entry.link&.href,
          published: entry.published&.content&.to_f, updated: entry.updated&.content&.to_f,
          author: entry.authors.map { |author| author.name.content }.join(', '),
          tags: entry.categories.map { |tag| tag.label || tag.term }, text: entry.content&.content
        }
      end
    }
  end
  {
    home: feed.channel.link,
    entries: feed.items.map do |item|
      {
        id: item.guid&.content, title: item.title || '', link: item.link, published: item.pubDate&.to_f,
        author: item.dc_creators.empty? ? item.author.to_s : item.dc_creators.map(&:content).join(', '),
        tags: item.categories.map(&:content), files: [item.enclosure&.url].compact,
        text: item.content_encoded || item.description
      }
    end
  }
end

def of_feedparser(text, _format)
  require 'feedparser'
  feed = FeedParser::Feed.new(text)
  {
    home: feed.link,
    entries: feed.items.map do |item|
      {
        title: item.title || '', link: item.link, published: item.date&.to_f, author: item.creator || '',
        files: item.enclosures.map(&:first), tags: item.categories,
        text: item.content
      }
    end
  }
end

$stdout.sync = true
$stdin.each_line do |line|
  job = JSON.parse(line)
  begin
    text = File.read(job['file'], encoding: 'UTF-8')
    shown = job['reader'] == 'ruby-feedparser' ? of_feedparser(text, job['format']) : of_rss(text, job['format'])
    puts JSON.generate({ shown: shown })
  rescue LoadError => missing
    puts JSON.generate({ absent: missing.message })
  rescue StandardError => error
    puts JSON.generate({ error: error.message[0, 200] })
  end
end
