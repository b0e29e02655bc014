/*
 * libmrss, as it is used. Arguments: files. Standard output: a line for each file, {"shown"} (see table/shown.ts) or
 * {"error"}; dates are handed on as the texts that they are.
 */
#include <mrss.h>
#include <stdio.h>

static void text(const char *name, const char *value) {
  printf("\"%s\":\"", name);
  for (const unsigned char *at = (const unsigned char *)(value ? value : ""); *at; at++) {
    if (*at == '"' || *at == '\\') printf("\\%c", *at);
    else if (*at < 32) printf("\\u%04x", *at);
    else putchar(*at);
  }
  putchar('"');
}

int main(int count, char **files) {
  for (int index = 1; index < count; index++) {
    mrss_t *feed = NULL;
    if (mrss_parse_file(files[index], &feed) != MRSS_OK) {
      printf("{\"error\":\"not read\"}\n");
      continue;
    }
    printf("{\"shown\":{");
    text("home", feed->link);
    printf(",\"entries\":[");
    for (mrss_item_t *item = feed->item; item; item = item->next) {
      printf(item == feed->item ? "{" : ",{");
      text("id", item->guid);
      putchar(','), text("title", item->title);
      putchar(','), text("link", item->link);
      putchar(','), text("date", item->pubDate);
      putchar(','), text("author", item->author);
      putchar(','), text("text", item->description);
      printf(",\"files\":[");
      if (item->enclosure_url) printf("\"%s\"", item->enclosure_url);
      printf("],\"tags\":[");
      for (mrss_category_t *tag = item->category; tag; tag = tag->next) {
        putchar('{'), text("name", tag->category), printf(tag->next ? "}," : "}");
      }
      printf("]}");
    }
    printf("]}}\n");
  }
  return 0;
}
