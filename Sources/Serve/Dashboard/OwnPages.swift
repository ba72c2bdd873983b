/// Shown with status 404 when the site has no `404.html`.
enum NotFoundPage {
    /// A whole page.
    static let html = plainPage(
        title: "Nothing here",
        text: "The site has no page at this address, and no 404.html. "
            + "Should a page appear here, this one becomes it.")
}

/// Shown with status 500 when a page was never made without errors; the overlay tells which.
enum FailedPage {
    /// A whole page.
    static let html = plainPage(
        title: "Not built yet",
        text: "The site has errors, and no earlier version of this page was looked at in this preview. "
            + "It appears here as soon as the errors are gone.")
}

private func plainPage(title: String, text: String) -> [UInt8] {
    Array(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title)</title>
        <link rel="stylesheet" href="/_site/dashboard.css">
        </head>
        <body>
        <div class="plain" data-site-own>
        <h1>\(title)</h1>
        <p>\(text)</p>
        <p><a href="/_site/">Dashboard</a></p>
        </div>
        </body>
        </html>

        """.utf8)
}
