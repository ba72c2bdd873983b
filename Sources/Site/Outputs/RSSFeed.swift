import Markup
import Text

/// Entries to RSS bytes (RSS 2.0, rssboard.org/rss-specification), with full content in `content:encoded`.
enum RSSFeed {
    static func bytes(_ feed: FeedModel) -> [UInt8] {
        var xml = XMLWriter(indent: 2)
        xml.startElement("rss")
        xml.attribute("version", "2.0")
        xml.attribute("xmlns:atom", "http://www.w3.org/2005/Atom")
        xml.attribute("xmlns:content", "http://purl.org/rss/1.0/modules/content/")
        xml.attribute("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        xml.startElement("channel")
        xml.element("title", feed.title)
        xml.element("link", feed.home)
        xml.element("description", feed.description.isEmpty ? feed.title : feed.description)
        xml.element("language", feed.language)
        xml.element("generator", "site")
        if !feed.entries.isEmpty { xml.element("lastBuildDate", date(feed.updated)) }
        xml.startElement("atom:link")
        xml.attribute("href", feed.address)
        xml.attribute("rel", "self")
        xml.attribute("type", "application/rss+xml")
        xml.endElement()
        for entry in feed.entries {
            xml.startElement("item")
            xml.element("title", entry.title)
            xml.element("link", entry.url)
            xml.startElement("guid")
            xml.attribute("isPermaLink", "true")
            xml.text(entry.url)
            xml.endElement()
            if let published = entry.published { xml.element("pubDate", date(published)) }
            // RSS wants an address of electronic mail in `author`; a name belongs to Dublin Core.
            for author in entry.authors { xml.element("dc:creator", author.name) }
            for term in entry.terms { xml.element("category", term) }
            // Of all texts this one is HTML (RSS Advisory Board's profile, "Character Data"): what is text must be
            // written so that HTML shows it.
            xml.element("description", Escaping.xmlText.escaped(entry.summary))
            if let content = entry.content { xml.element("content:encoded", content) }
            xml.endElement()
        }
        return xml.finish()
    }

    /// RFC 822 with a year of four digits: `Fri, 02 Jan 2026 09:00:00 +0100`.
    static func date(_ instant: Instant) -> String {
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = instant.date
        let offset = abs(instant.offsetSeconds)
        let year = String(date.year)
        return "\(days[date.weekday]), \(two(date.day)) \(months[date.month - 1]) "
            + String(repeating: "0", count: max(0, 4 - year.count)) + "\(year) "
            + "\(two(instant.hour)):\(two(instant.minute)):\(two(instant.second)) "
            + "\(instant.offsetSeconds < 0 ? "-" : "+")\(two(offset / 3600))\(two(offset / 60 % 60))"
    }
}
