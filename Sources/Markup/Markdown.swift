public import Text

/// The way in: Markdown to a body that pages, feeds, search and checks all use.
///
/// This room knows what Markdown, HTML and XML say. It does not know what a page is, where a link leads or
/// what a component prints: whoever calls brings that as ``MarkdownHooks``. The dialect is GitHub's, read by
/// cmark-gfm (``CommonMarkTree`` is the only file that touches it) with our own renderer over its tree.
/// Read ``MarkdownBody`` next for what comes out.
public enum Markdown {
    /// Renders a file's Markdown from an offset to its end.
    ///
    /// Never fails: what is wrong becomes findings of the body, with places in `file`.
    ///
    /// - Parameters:
    ///   - file: the file; its bytes should be valid UTF-8, others are taken as they are.
    ///   - bodyStart: where the Markdown begins in the file, after its front matter.
    ///   - options: what to switch on and off.
    ///   - hooks: what the caller knows: components, links, overrides.
    /// - Returns: the body; independent of the address at which the site is published.
    /// - Complexity: O(n) in the size of the text but for bounded nesting.
    public static func render<Hooks: MarkdownHooks>(
        _ file: SourceFile, from bodyStart: Int = 0, options: MarkdownOptions = MarkdownOptions(),
        hooks: inout Hooks
    ) -> MarkdownBody {
        var preparation = MarkdownPreparation(MarkdownSource(file, from: bodyStart), options: options)
        let source = preparation.prepare()
        var renderer = MarkdownRenderer(
            file: file, document: MarkdownDocument(source, options: options), options: options, hooks: hooks)
        renderer.reportFindings(of: source)
        renderer.render()
        if let changed = renderer.hooks as? Hooks { hooks = changed }
        return renderer.finish()
    }

    /// Renders Markdown without hooks: components are unknown, links stay as they are written.
    public static func render(
        _ file: SourceFile, from bodyStart: Int = 0, options: MarkdownOptions = MarkdownOptions()
    ) -> MarkdownBody {
        var hooks = NoMarkdownHooks()
        return render(file, from: bodyStart, options: options, hooks: &hooks)
    }
}
