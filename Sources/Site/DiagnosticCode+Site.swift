import Engine
import Formats
import Markup
import Templates
public import Text

extension DiagnosticCode {
    /// The findings of building a site.
    public static let ofSite: [DiagnosticCode] = [
        brokenReference, brokenLink, brokenImage, brokenAnchor, missingAsset, environmentNotAllowed,
        missingTranslation,
        unknownTheme, noTemplate, outputCollision, skippedPage, dataCollision, invalidDateFormat,
        missingFolder, outputAmongSources, missingSection, aliasPattern, bidiControl, termSpelling,
        unknownTemplate, noHistory,
        missingFile,
        foreignConfiguration, unprocessedFile, templateInURL, keyWithoutEffect, caseCollision, missingBaseURL,
        privateFile, pageInBundle, replacedList, argumentWithoutEffect, wholeFolder, redirectAsHTML,
        unusedTemplate,
    ]

    /// What can be wrong with values of a configuration, wherever they come from.
    public static let ofConfiguration: Set<DiagnosticCode> = [
        wrongType, unknownKey, unknownTimeZone, invalidBaseURL, unknownEnvironment, unknownVariable,
        unknownCode,
        invalidRedirect, invalidHeader, menuEntry,
    ]

    /// The findings of all rooms that take part in a build.
    static let ofAll: [DiagnosticCode] = ofEngine + ofFormats + ofMarkup + ofModel + ofSite + ofTemplates

    /// A template refers to a page that is not there.
    static let brokenReference = DiagnosticCode(
        "broken-reference", .warning, "A template refers to a page that is not there.")
    /// A link in a text leads nowhere.
    static let brokenLink = DiagnosticCode("broken-link", .warning, "A link in a text leads nowhere.")
    /// An image in a text is not there.
    static let brokenImage = DiagnosticCode("broken-image", .warning, "An image in a text is not there.")
    /// A link leads to a part that its page does not have.
    static let brokenAnchor = DiagnosticCode(
        "broken-anchor", .warning, "A link leads to a part of a page that the page does not have.")
    /// A template or a style sheet asks for an asset that is not there.
    static let missingAsset = DiagnosticCode(
        "missing-asset", .warning, "A template or a style sheet asks for a file of assets/ that is not there."
    )
    /// A template asks for a data file or an image that is not there.
    static let missingFile = DiagnosticCode(
        "missing-file", .warning, "A template asks for a data file or an image that is not there.")
    /// A template asks for a variable that it may not read.
    static let environmentNotAllowed = DiagnosticCode(
        "environment-not-allowed", .warning,
        "A template reads an environment variable that site.json does not allow.")
    /// A template gives a function what it does nothing with.
    static let argumentWithoutEffect = DiagnosticCode(
        "argument-without-effect", .warning, "A template gives a function an argument that does nothing.")
    /// A text of the interface is missing.
    static let missingTranslation = DiagnosticCode(
        "missing-translation", .warning, "A text of the interface is in no file of i18n/.")
    /// The theme is not there.
    static let unknownTheme = DiagnosticCode(
        "unknown-theme", .error, "The theme that site.json names is not in themes/.")
    /// No template fits a page.
    static let noTemplate = DiagnosticCode(
        "no-template", .error, "Neither the site nor its theme has a template for a page.")
    /// Two sources want one output.
    static let outputCollision = DiagnosticCode(
        "output-collision", .error, "Two sources want the same file of the output.")
    /// A page is not published.
    static let skippedPage = DiagnosticCode(
        "skipped-page", .note, "A page is a draft, of the future or expired, and is not published.")
    /// Two data files have one name.
    static let dataCollision = DiagnosticCode(
        "data-collision", .error, "Two data files would have one name in site.data.")
    /// A folder that the configuration names is not there.
    static let missingFolder = DiagnosticCode(
        "missing-folder", .error,
        "A folder that site.json names is not there, or a site has no content/; nothing is published, for all that came out of it would be removed."
    )
    /// A folder that is nothing but content.
    static let wholeFolder = DiagnosticCode(
        "whole-folder", .note,
        "There is no site.json and no content/: the folder itself is content, and the files in it are published."
    )
    /// The output would go where sources are.
    static let outputAmongSources = DiagnosticCode(
        "output-among-sources", .error,
        "The output folder is, holds or lies in a folder that site.json names for sources.")
    /// A page without a template that shows it, or a section, stands where a list would be.
    static let replacedList = DiagnosticCode(
        "replaced-list", .warning, "A page or section stands where a list would be, which is not made.")
    /// A section that the configuration names is nowhere.
    static let missingSection = DiagnosticCode(
        "missing-section", .warning, "A section that site.json names is not there.")
    /// An alias that stands for many addresses.
    static let aliasPattern = DiagnosticCode(
        "alias-pattern", .warning,
        "An alias or redirect is a pattern; no page can be written for all that it matches.")
    /// A page of HTML at the address of a feed or of data.
    static let redirectAsHTML = DiagnosticCode(
        "redirect-as-html", .warning,
        "An alias or redirect from the address of a feed or of data leads to no such thing: a page of HTML stands there, which no program follows."
    )
    /// A title that is shown in another order than it is written.
    static let bidiControl = DiagnosticCode(
        "bidi-control", .warning, "A title holds a control character that changes the direction of text.")
    /// One term in two spellings.
    static let termSpelling = DiagnosticCode(
        "term-spelling", .warning, "Two pages spell one tag or other term in two ways.")
    /// A configuration that nobody reads.
    static let foreignConfiguration = DiagnosticCode(
        "foreign-configuration", .note, "There is no site.json, but the configuration of another generator.")
    /// A page of another generator's template language.
    static let unprocessedFile = DiagnosticCode(
        "unprocessed-file", .warning,
        "A file that other generators make a page of or translate, or that has front matter, is published as it is, or left out; or a folder of theirs is not read."
    )
    /// Dates from Git without a history.
    static let noHistory = DiagnosticCode(
        "no-history", .warning, "Dates are to come from Git, and there is no history here, or not all of it.")
    /// A template that a page names and nobody has.
    static let unknownTemplate = DiagnosticCode(
        "unknown-template", .warning, "A page names a template that is not there; the usual one is taken.")
    /// A template that nothing asks for.
    static let unusedTemplate = DiagnosticCode(
        "unused-template", .warning,
        "A template has a name that means something to another generator, and nothing asks for it here.")
    /// A date format that means nothing.
    static let invalidDateFormat = DiagnosticCode(
        "invalid-date-format", .warning, "A date format has a directive that means nothing.")
    /// Nobody says where the site will be.
    static let missingBaseURL = DiagnosticCode(
        "missing-base-url", .note,
        "site.json does not say where the site will be, so that sitemap and feeds have no absolute addresses."
    )
    /// Two outputs that some disks take for one.
    static let caseCollision = DiagnosticCode(
        "case-collision", .warning,
        "Two outputs differ only in upper and lower case: some disks and hosts have room for one of them.")
    /// An address with a template in it.
    static let templateInURL = DiagnosticCode(
        "template-in-url", .warning, "The address in a page's head holds a template, which is not run.")
    /// A key that does nothing here.
    static let keyWithoutEffect = DiagnosticCode(
        "key-without-effect", .warning,
        "A key does nothing: one of another generator's, one of site.json that has no effect yet, or one in whose place a file stands."
    )
    /// A page that another generator takes for a part of one.
    static let pageInBundle = DiagnosticCode(
        "page-in-bundle", .warning,
        "In a site of Hugo's, a Markdown file lies in the folder of a page's bundle: it is a page here, and none there."
    )
    /// Something secret in a folder that is published.
    static let privateFile = DiagnosticCode(
        "private-file", .warning,
        "A folder of files holds what is for no visitor, such as .git or .env; it is not published.")
}
