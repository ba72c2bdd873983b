public import Text

extension DiagnosticCode {
    /// A component that there is no template for.
    public static let unknownComponent = DiagnosticCode(
        "unknown-component", .warning,
        "Markdown calls a component that does not exist; the call is dropped, its body kept.")
    /// A component call that is never closed, or closed without having been opened.
    public static let unclosedComponent = DiagnosticCode(
        "unclosed-component", .warning, "A component call and its closing call do not pair up.")
    /// A component call that cannot be read.
    public static let malformedComponent = DiagnosticCode(
        "malformed-component", .warning, "The arguments of a component call cannot be read.")
    /// Liquid in content.
    public static let liquidTag = DiagnosticCode(
        "liquid-tag", .warning,
        "Content holds a tag of Jekyll or a shortcode of Zola; content is not run through a template engine.")
    /// Marks of Obsidian and Python-Markdown.
    public static let foreignMarkup = DiagnosticCode(
        "foreign-markup", .warning,
        "A text holds a mark of another program, such as `[[a link]]` or `[TOC]`, which is published as text."
    )
    /// A definition of a link that is text.
    public static let unreadDefinition = DiagnosticCode(
        "unread-definition", .warning,
        "A line such as `[name]: address` stands right below a paragraph and is part of it, so links to it are text."
    )
    /// Braces of a template engine in a text.
    public static let templateInText = DiagnosticCode(
        "template-in-text", .note, "A text holds `{{ a variable }}`, which is published as text.")
    /// What a fence asks for and nobody does.
    public static let fenceOption = DiagnosticCode(
        "fence-option", .note, "A code block has an option, such as hl_lines, that nothing reads.")
    /// Raw HTML where it is switched off.
    public static let rawHTMLDropped = DiagnosticCode(
        "raw-html-dropped", .warning, "Raw HTML was dropped because the site does not allow it.")
    /// Block quotes or lists nested too deep.
    public static let deepNesting = DiagnosticCode(
        "deep-nesting", .warning,
        "Block quotes or lists are nested deeper than the limit; deeper marks are text.")
    /// A text that would take more memory than a text may.
    public static let textTooLarge = DiagnosticCode(
        "text-too-large", .error,
        "A text takes far more memory than its size as Markdown, or is larger than a gigabyte.")
    /// A row of a table with too many cells.
    public static let wideTable = DiagnosticCode(
        "wide-table", .warning, "A row has more cells than a table may have; it is text.")
    /// Two ids that are the same in one body.
    public static let duplicateID = DiagnosticCode(
        "duplicate-id", .warning, "Two elements of one page have the same id.")

    /// All codes of this room.
    public static let ofMarkup: [DiagnosticCode] = [
        .unknownComponent, .unclosedComponent, .malformedComponent, .liquidTag, .foreignMarkup,
        .unreadDefinition, .templateInText,
        .fenceOption, .rawHTMLDropped, .deepNesting, .textTooLarge, .wideTable, .duplicateID,
    ]
}
