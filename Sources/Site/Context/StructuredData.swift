import Engine
import Templates
import Text

/// What a page says of itself to search engines, as JSON-LD.
///
/// Sources: schema.org `BlogPosting`, `BreadcrumbList`, `CollectionPage`, `WebSite`; what Google's documentation of
/// articles, breadcrumbs and site names recommends.
struct StructuredData {
    let facts: PageFacts
    let title: [UInt8]
    let description: [UInt8]
    let url: [UInt8]
    let image: [UInt8]?
    let siteTitle: [UInt8]

    /// The object, safe inside a `script`.
    var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.field("@context", "https://schema.org")
        let trail = facts.page.kind == .home ? [] : facts.ancestors
        let hasTrail = facts.page.kind != .archive && !trail.isEmpty
        if hasTrail {
            json.key("@graph")
            json.beginArray()
            json.beginObject()
        }
        writePage(&json)
        json.endObject()
        if hasTrail {
            writeTrail(trail, &json)
            json.endArray()
            json.endObject()
        }
        return TemplateJSON.safeInScript(json.finish())
    }

    private func writePage(_ json: inout JSONWriter) {
        switch facts.page.kind {
        case .home:
            json.field("@type", "WebSite")
            json.field("name", siteTitle)
        case .page where facts.entry.isPost:
            json.field("@type", "BlogPosting")
            json.field("headline", title)
            if let date = facts.dateValue(.date) {
                json.field("datePublished", date.isoformatBytes)
                json.field("dateModified", (facts.dateValue(.updated) ?? date).isoformatBytes)
            }
            // Where nobody is named, the site stands for whoever wrote it.
            if facts.people.isEmpty {
                writePublisher(as: "author", &json)
            } else {
                writePeople(facts.people, key: "author", &json)
            }
            writePublisher(as: "publisher", &json)
            if let image { json.field("image", image) }
            json.field("mainEntityOfPage", url)
        case .section, .term, .taxonomy, .archive:
            json.field("@type", "CollectionPage")
            json.field("name", title)
        default:
            json.field("@type", "WebPage")
            json.field("name", title)
        }
        if !description.isEmpty { json.field("description", description) }
        json.field("url", url)
        json.field("inLanguage", facts.catalog.language)
    }

    private func writePeople(_ people: [Person], key: String, _ json: inout JSONWriter) {
        json.key(key)
        json.beginArray()
        for person in people { write(person, &json) }
        json.endArray()
    }

    private func write(_ person: Person, _ json: inout JSONWriter) {
        json.beginObject()
        json.field("@type", "Person")
        json.field("name", person.name)
        // A name alone does not say which of the people of that name it is.
        if let url = person.url { json.field("url", absolute(url)) }
        json.endObject()
    }

    /// Whose site it is: its one author, or else the site as a body of its own.
    private func writePublisher(as key: String, _ json: inout JSONWriter) {
        json.key(key)
        let people = facts.rendering.configuration(Configuration.people)
        if people.count == 1 {
            write(people[0], &json)
            return
        }
        json.beginObject()
        json.field("@type", "Organization")
        json.field("name", siteTitle)
        json.field("url", absolute([UInt8(ascii: "/")]))
        json.endObject()
    }

    /// The way down from the home page.
    private func writeTrail(_ above: [Int], _ json: inout JSONWriter) {
        json.beginObject()
        json.field("@type", "BreadcrumbList")
        json.key("itemListElement")
        json.beginArray()
        var position = 1
        // A section without a page of its own is no step.
        for index in above {
            let page = PageFacts(
                catalog: facts.catalog, page: facts.catalog.page(at: index), rendering: facts.rendering)
            if !page.entry.isRendered { continue }
            writeStep(position, page.title.bytes, page.permalink, &json)
            position += 1
        }
        writeStep(position, title, url, &json)
        json.endArray()
        json.endObject()
    }

    private func writeStep(_ position: Int, _ name: [UInt8], _ url: [UInt8], _ json: inout JSONWriter) {
        json.beginObject()
        json.field("@type", "ListItem")
        json.key("position")
        json.number(position)
        json.field("name", name)
        json.field("item", url)
        json.endObject()
    }

    private func absolute(_ url: [UInt8]) -> [UInt8] {
        url.first == UInt8(ascii: "/") ? facts.rendering.baseURL + url : url
    }
}
