#ifndef CCMARK_H
#define CCMARK_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What a node is. Blocks come before CCMARK_TEXT, inlines from there on.
enum {
    CCMARK_NONE = 0,
    CCMARK_DOCUMENT,
    CCMARK_BLOCK_QUOTE,
    CCMARK_LIST,
    CCMARK_ITEM,
    CCMARK_CODE_BLOCK,
    CCMARK_HTML_BLOCK,
    CCMARK_PARAGRAPH,
    CCMARK_HEADING,
    CCMARK_THEMATIC_BREAK,
    CCMARK_FOOTNOTE_DEFINITION,
    CCMARK_TABLE,
    CCMARK_TABLE_ROW,
    CCMARK_TABLE_CELL,
    CCMARK_TEXT,
    CCMARK_SOFT_BREAK,
    CCMARK_LINE_BREAK,
    CCMARK_CODE,
    CCMARK_HTML_INLINE,
    CCMARK_EMPHASIS,
    CCMARK_STRONG,
    CCMARK_STRIKETHROUGH,
    CCMARK_LINK,
    CCMARK_IMAGE,
    CCMARK_FOOTNOTE_REFERENCE,
};

// What is true of a node.
enum {
    CCMARK_TIGHT = 1,    // list: paragraphs of its items are not wrapped
    CCMARK_ORDERED = 2,  // list
    CCMARK_TASK = 4,     // item: has a check box
    CCMARK_CHECKED = 8,  // item: the box is checked
    CCMARK_HEADER = 16,  // row, cell: of the table's head
    CCMARK_FENCED = 32,  // code block
};

// One node of a tree as a list in order of entry: what follows up to `end` lies inside it.
typedef struct {
    uint8_t kind;
    uint8_t flags;
    uint8_t level;        // heading: 1 to 6; cell: 'l', 'c', 'r' or 0
    uint8_t reserved;
    uint32_t end;         // index after the last node inside
    uint32_t text;        // where its text starts in the heap; destination of a link, label of a footnote
    uint32_t text_count;
    uint32_t extra;       // title of a link; info string of a code block; of a footnote mark, the label
    uint32_t extra_count;
    int32_t number;       // list: start; footnote mark: which mark of its footnote; footnote: how many marks
    int32_t start_line;   // from 1
    int32_t start_column; // from 1, in bytes
    int32_t end_line;
    int32_t end_column;
} ccmark_node;

// A parsed document: flat, owned by whoever called ccmark_parse.
typedef struct {
    ccmark_node *nodes;
    size_t node_count;
    uint8_t *heap;
    size_t heap_count;
} ccmark_document;

// Which extensions to attach.
enum {
    CCMARK_EXTENSION_TABLE = 1,
    CCMARK_EXTENSION_STRIKETHROUGH = 2,
    CCMARK_EXTENSION_AUTOLINK = 4,
    CCMARK_EXTENSION_TASK_LIST = 8,
    CCMARK_EXTENSION_FOOTNOTES = 16,
    CCMARK_EXTENSION_TAG_FILTER = 32,
};

// Registers the extensions and fills the library's table of special characters; call once, before any thread
// parses.
void ccmark_prepare(void);

// Parses Markdown. The document must be given to ccmark_free. Returns false when it would take too
// much memory: more than 64 MB and 400 bytes for each byte of the text.
bool ccmark_parse(const uint8_t *text, size_t count, uint32_t extensions, bool smart, ccmark_document *document);
void ccmark_free(ccmark_document *document);

// The HTML that the library's own renderer writes, for tests; must be given to free().
char *ccmark_reference_html(const uint8_t *text, size_t count, uint32_t extensions, bool smart);
#endif
