// gofeed, as it is used. Standard input: one JSON object a line, {"format", "file"}. Standard output: one JSON object a
// line, {"shown"} (see table/shown.ts) or {"error"}.
package main

import (
	"bufio"
	"encoding/json"
	"os"
	"time"

	"github.com/mmcdole/gofeed"
)

type entry struct {
	ID        string   `json:"id"`
	Title     string   `json:"title"`
	Link      string   `json:"link"`
	Published *float64 `json:"published,omitempty"`
	Updated   *float64 `json:"updated,omitempty"`
	Author    string   `json:"author"`
	Tags      []string `json:"tags"`
	Files     []string `json:"files"`
	Number    string   `json:"number,omitempty"`
	Duration  string   `json:"duration,omitempty"`
	Text      string   `json:"text"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var job struct{ Format, File string }
		if err := json.Unmarshal(lines.Bytes(), &job); err != nil {
			panic(err)
		}
		json.NewEncoder(os.Stdout).Encode(answer(job.File))
	}
}

func answer(name string) map[string]any {
	file, err := os.Open(name)
	if err != nil {
		return map[string]any{"error": err.Error()}
	}
	defer file.Close()
	feed, err := gofeed.NewParser().Parse(file)
	if err != nil {
		return map[string]any{"error": err.Error()}
	}
	entries := []entry{}
	for _, item := range feed.Items {
		one := entry{ID: item.GUID, Title: item.Title, Link: item.Link, Tags: item.Categories, Files: []string{}}
		one.Published, one.Updated = at(item.PublishedParsed), at(item.UpdatedParsed)
		for index, author := range item.Authors {
			if index > 0 {
				one.Author += ", "
			}
			one.Author += author.Name
		}
		for _, file := range item.Enclosures {
			one.Files = append(one.Files, file.URL)
		}
		if item.ITunesExt != nil {
			one.Number, one.Duration = item.ITunesExt.Episode, item.ITunesExt.Duration
		}
		one.Text = item.Content
		if one.Text == "" {
			one.Text = item.Description
		}
		entries = append(entries, one)
	}
	return map[string]any{"shown": map[string]any{"home": feed.Link, "entries": entries}}
}

func at(moment *time.Time) *float64 {
	if moment == nil {
		return nil
	}
	seconds := float64(moment.UnixMilli()) / 1000
	return &seconds
}
