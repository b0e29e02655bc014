import com.apptasticsoftware.rssreader.DateTime;
import com.apptasticsoftware.rssreader.Enclosure;
import com.apptasticsoftware.rssreader.RssReader;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.XmlReader;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.abdera.Abdera;
import org.apache.abdera.model.Entry;
import org.apache.abdera.model.Feed;

/**
 * Readers from Maven Central, each as it is used. Standard input: one JSON object a line, {reader, format, file}. Standard
 * output: one JSON object a line, {shown} (see table/shown.ts) or {error}.
 */
public final class Readers {
  public static void main(String[] arguments) throws Exception {
    Gson gson = new Gson();
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonObject job = gson.fromJson(line, JsonObject.class);
      String file = job.get("file").getAsString();
      Map<String, Object> answer = new HashMap<>();
      try {
        answer.put("shown", switch (job.get("reader").getAsString()) {
          case "rome" -> byRome(file);
          case "abdera-parser" -> byAbdera(file);
          default -> byApptastic(file);
        });
      } catch (Exception error) {
        answer.put("error", String.valueOf(error));
      }
      System.out.println(gson.toJson(answer));
    }
  }

  private static Map<String, Object> byRome(String file) throws Exception {
    SyndFeed feed = new SyndFeedInput().build(new XmlReader(new File(file)));
    List<Object> entries = new ArrayList<>();
    for (SyndEntry entry : feed.getEntries()) {
      List<String> names = new ArrayList<>();
      entry.getAuthors().forEach(author -> names.add(author.getName()));
      List<String> tags = new ArrayList<>();
      entry.getCategories().forEach(tag -> tags.add(tag.getLabel() == null ? tag.getName() : tag.getLabel()));
      List<String> files = new ArrayList<>();
      entry.getEnclosures().forEach(enclosure -> files.add(enclosure.getUrl()));
      Map<String, Object> shown = new HashMap<>();
      shown.put("id", entry.getUri());
      shown.put("title", entry.getTitle() == null ? "" : entry.getTitle());
      shown.put("link", entry.getLink());
      shown.put("published", at(entry.getPublishedDate()));
      shown.put("updated", at(entry.getUpdatedDate()));
      shown.put("author", names.isEmpty() ? entry.getAuthor() : String.join(", ", names));
      shown.put("tags", tags);
      shown.put("files", files);
      List<String> texts = new ArrayList<>();
      entry.getContents().forEach(content -> texts.add(content.getValue()));
      if (texts.isEmpty() && entry.getDescription() != null) texts.add(entry.getDescription().getValue());
      shown.put("text", String.join("", texts));
      entries.add(shown);
    }
    Map<String, Object> shown = new HashMap<>();
    shown.put("home", feed.getLink());
    shown.put("entries", entries);
    return shown;
  }

  private static Map<String, Object> byAbdera(String file) throws Exception {
    Feed feed = (Feed) new Abdera().getParser().parse(new FileInputStream(file)).getRoot();
    List<Object> entries = new ArrayList<>();
    for (Entry entry : feed.getEntries()) {
      List<String> names = new ArrayList<>();
      entry.getAuthors().forEach(author -> names.add(author.getName()));
      List<String> tags = new ArrayList<>();
      entry.getCategories().forEach(tag -> tags.add(tag.getLabel() == null ? tag.getTerm() : tag.getLabel()));
      List<String> files = new ArrayList<>();
      entry.getLinks("enclosure").forEach(link -> files.add(String.valueOf(link.getHref())));
      Map<String, Object> shown = new HashMap<>();
      shown.put("id", String.valueOf(entry.getId()));
      shown.put("title", entry.getTitle() == null ? "" : entry.getTitle());
      shown.put("link", String.valueOf(entry.getAlternateLinkResolvedHref()));
      shown.put("published", at(entry.getPublished()));
      shown.put("updated", at(entry.getUpdated()));
      shown.put("author", String.join(", ", names));
      shown.put("text", entry.getContent());
      shown.put("tags", tags);
      shown.put("files", files);
      entries.add(shown);
    }
    Map<String, Object> shown = new HashMap<>();
    shown.put("home", String.valueOf(feed.getAlternateLinkResolvedHref()));
    shown.put("entries", entries);
    return shown;
  }

  private static Map<String, Object> byApptastic(String file) throws Exception {
    List<Object> entries = new ArrayList<>();
    Map<String, Object> result = new HashMap<>();
    new RssReader().read(new FileInputStream(file)).forEach(item -> {
      List<String> files = new ArrayList<>();
      for (Enclosure enclosure : item.getEnclosures()) files.add(enclosure.getUrl());
      Map<String, Object> shown = new HashMap<>();
      shown.put("id", item.getGuid().orElse(null));
      shown.put("title", item.getTitle().orElse(""));
      shown.put("link", item.getLink().orElse(null));
      shown.put("published", item.getPubDate().map(Readers::instant).orElse(null));
      shown.put("updated", item.getUpdated().map(Readers::instant).orElse(null));
      shown.put("author", item.getAuthor().orElse(""));
      shown.put("tags", item.getCategories());
      shown.put("text", item.getContent().or(item::getDescription).orElse(""));
      shown.put("files", files);
      entries.add(shown);
      result.put("home", item.getChannel().getLink());
    });
    result.put("entries", entries);
    return result;
  }

  private static Double at(Date date) {
    return date == null ? null : date.getTime() / 1000.0;
  }

  private static Double instant(String text) {
    ZonedDateTime time = new DateTime().parse(text);
    return time == null ? null : time.toInstant().toEpochMilli() / 1000.0;
  }
}
