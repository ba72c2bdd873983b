import Markup
import Text

/// Entries to Atom bytes (RFC 4287).
enum AtomFeed {
    static func bytes(_ feed: FeedModel) -> [UInt8] {
        var xml = XMLWriter(indent: 2)
        xml.startElement("feed")
        xml.attribute("xmlns", "http://www.w3.org/2005/Atom")
        xml.attribute("xml:lang", feed.language)
        xml.element("title", feed.title)
        if !feed.description.isEmpty { xml.element("subtitle", feed.description) }
        link(&xml, feed.address, relation: "self", type: "application/atom+xml")
        link(&xml, feed.home, relation: "alternate", type: "text/html")
        xml.element("id", feed.home)
        xml.element("updated", DateValue.isoformat(feed.updated))
        xml.element("generator", "site")
        // An entry without an author needs one of the feed (section 4.1.1).
        people(&xml, feed.authors.isEmpty ? [Person(name: feed.siteTitle)] : feed.authors)
        for entry in feed.entries {
            xml.startElement("entry")
            xml.element("title", entry.title)
            link(&xml, entry.url, relation: "alternate", type: "text/html")
            xml.element("id", entry.url)
            if let published = entry.published { xml.element("published", DateValue.isoformat(published)) }
            xml.element("updated", DateValue.isoformat(entry.updated ?? entry.published ?? feed.updated))
            people(&xml, entry.authors)
            for term in entry.terms {
                xml.startElement("category")
                xml.attribute("term", term)
                xml.endElement()
            }
            // It should not say again what the content says (section 4.2.13).
            if !entry.summary.isEmpty, !entry.isAllInSummary {
                xml.startElement("summary")
                xml.attribute("type", "text")
                xml.text(entry.summary)
                xml.endElement()
            }
            if let content = entry.content {
                xml.startElement("content")
                xml.attribute("type", "html")
                xml.text(content)
                xml.endElement()
            }
            xml.endElement()
        }
        return xml.finish()
    }

    private static func link(_ xml: inout XMLWriter, _ url: [UInt8], relation: String, type: String) {
        xml.startElement("link")
        xml.attribute("rel", relation)
        xml.attribute("type", type)
        xml.attribute("href", url)
        xml.endElement()
    }

    private static func people(_ xml: inout XMLWriter, _ people: [Person]) {
        for person in people {
            xml.startElement("author")
            xml.element("name", person.name)
            if let url = person.url { xml.element("uri", url) }
            if let email = person.email { xml.element("email", email) }
            xml.endElement()
        }
    }
}
