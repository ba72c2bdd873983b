import Text

/// Entries to JSON Feed bytes (version 1.1, jsonfeed.org/version/1.1).
enum JSONFeed {
    static func bytes(_ feed: FeedModel) -> [UInt8] {
        var json = JSONWriter(.pretty)
        json.beginObject()
        json.field("version", Array("https://jsonfeed.org/version/1.1".utf8))
        json.field("title", feed.title)
        json.field("home_page_url", feed.home)
        json.field("feed_url", feed.address)
        if !feed.description.isEmpty { json.field("description", feed.description) }
        json.field("language", feed.language)
        json.people(feed.authors)
        json.key("items")
        json.beginArray()
        for entry in feed.entries {
            json.beginObject()
            json.field("id", entry.url)
            json.field("url", entry.url)
            json.field("title", entry.title)
            // One of the two is required.
            if let content = entry.content {
                json.field("content_html", content)
            } else {
                json.field("content_text", entry.summary)
            }
            if !entry.summary.isEmpty, !entry.isAllInSummary { json.field("summary", entry.summary) }
            if let image = entry.image { json.field("image", image) }
            if let published = entry.published {
                json.field("date_published", DateValue.isoformat(published))
            }
            if let updated = entry.updated { json.field("date_modified", DateValue.isoformat(updated)) }
            json.people(entry.authors)
            if !entry.terms.isEmpty {
                json.key("tags")
                json.beginArray()
                for term in entry.terms { json.string(term) }
                json.endArray()
            }
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return json.finish()
    }
}
