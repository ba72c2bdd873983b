#include "CCMark.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmark-gfm/cmark-gfm.h>
#include <cmark-gfm/cmark-gfm-extension_api.h>
#include <cmark-gfm/node.h>
#include <cmark-gfm/syntax_extension.h>
#include <cmark-gfm-core-extensions.h>

// cmark-gfm 0.29.0.gfm.6 keeps the characters that start an inline in one table for the whole process: each
// parse with extensions adds theirs before it begins and takes them out again when it ends. Two threads
// that parse at once therefore spoil each other's output. The linker sends the library's own calls of
// cmark_inlines_remove_special_character here (--wrap, see Package.swift), so that what has been added stays:
// ccmark_prepare adds them all before the first parse, hence the table never changes afterwards.
void __wrap_cmark_inlines_remove_special_character(unsigned char c, int emphasis);
void __wrap_cmark_inlines_remove_special_character(unsigned char c, int emphasis) {
    (void)c;
    (void)emphasis;
}

// Defined by the table and strikethrough extensions without a header that is installed.
extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL, CMARK_NODE_STRIKETHROUGH;

// MARK: - The arena

// All memory of a parse comes from chunks that are freed together: thousands of small calloc and free calls are
// a fifth of a parse otherwise. The allocator that cmark asks has no context, so the arena in use is known by
// the thread; a thread parses one document at a time.
typedef struct chunk {
    struct chunk *before;
    size_t used;
    size_t size;
    size_t padding;
} chunk;

static _Thread_local chunk *arena;

// How many bytes the arena may still take, and where a parse goes that wants more. A link definition is copied into each
// link that names it, so a text of 200 KB can ask for gigabytes (upstream bounds it from 0.29.0.gfm.7 on by the size of
// the text). Leaving in the midst loses nothing: all that a parse takes is in the arena.
static _Thread_local size_t arena_left;
static _Thread_local jmp_buf *arena_exit;

static const size_t arena_base = (size_t)64 << 20;
// Texts of nothing but marks take some 300 bytes for each.
static const size_t arena_factor = 400;

static void *arena_take(size_t count) {
    count = (count + 31) & ~(size_t)15; // 16 bytes before each block hold its size
    if (arena == NULL || arena->size - arena->used < count) {
        size_t size = arena == NULL ? (size_t)64 << 10 : arena->size * 2;
        if (size > (size_t)4 << 20) size = (size_t)4 << 20;
        if (size < count + sizeof(chunk)) size = count + sizeof(chunk);
        if (arena_exit != NULL) {
            if (size > arena_left) longjmp(*arena_exit, 1);
            arena_left -= size;
        }
        chunk *more = malloc(size);
        if (more == NULL) abort(); // cmark's own allocator does the same; it cannot report the lack of memory
        more->before = arena;
        more->used = sizeof(chunk);
        more->size = size;
        arena = more;
    }
    uint8_t *block = (uint8_t *)arena + arena->used;
    arena->used += count;
    *(size_t *)block = count - 16;
    return block + 16;
}

static void *arena_calloc(size_t count, size_t size) {
    size_t total;
    if (__builtin_mul_overflow(count, size, &total) || total > SIZE_MAX / 2) abort();
    return memset(arena_take(total), 0, total);
}

static void *arena_realloc(void *block, size_t count) {
    if (block == NULL) return arena_take(count);
    size_t had = *(size_t *)((uint8_t *)block - 16);
    if (count <= had) return block;
    if (count > SIZE_MAX / 2) abort();
    if ((uint8_t *)block + had == (uint8_t *)arena + arena->used) { // the last block grows where it is
        size_t more = ((count - had) + 15) & ~(size_t)15;
        if (arena->size - arena->used >= more) {
            arena->used += more;
            *(size_t *)((uint8_t *)block - 16) = had + more;
            return block;
        }
    }
    void *larger = arena_take(count);
    return memcpy(larger, block, had);
}

static void arena_release(void *block) { (void)block; }

static cmark_mem arena_allocator = {arena_calloc, arena_realloc, arena_release};

static void arena_empty(void) {
    while (arena != NULL) {
        chunk *before = arena->before;
        free(arena);
        arena = before;
    }
}

// MARK: - Texts in one

// The library reads a text up to the next character that may mean something, so a paragraph is hundreds of nodes, which
// it then joins: twice, once for itself and once for the autolink extension, through an iterator and a buffer, a
// fiftieth of a build. The linker sends both calls here (--wrap, see Package.swift). Neighbours lie one after the other in
// the text of their block, mostly: the first is then made longer. What is left out of the tree belongs to the arena.
void __real_cmark_consolidate_text_nodes(cmark_node *root);
void __wrap_cmark_consolidate_text_nodes(cmark_node *root);

// Joins a text with those that follow it.
static void join_texts(cmark_node *first) {
    cmark_node *last = first, *after = first->next;
    size_t count = (size_t)first->as.literal.len;
    bool in_place = true;
    while (after != NULL && after->type == CMARK_NODE_TEXT) {
        in_place = in_place && after->as.literal.data == first->as.literal.data + count;
        count += (size_t)after->as.literal.len;
        last = after;
        after = after->next;
    }
    if (!in_place) {
        uint8_t *joined = arena_take(count + 1), *end = joined;
        for (cmark_node *text = first; text != after; text = text->next) {
            if (text->as.literal.len > 0) memcpy(end, text->as.literal.data, (size_t)text->as.literal.len);
            end += text->as.literal.len;
        }
        *end = 0;
        first->as.literal.data = joined;
    }
    first->as.literal.len = (bufsize_t)count;
    first->as.literal.alloc = 0;
    first->end_column = last->end_column;
    first->next = after;
    if (after != NULL) {
        after->prev = first;
    } else if (first->parent != NULL) {
        first->parent->last_child = first;
    }
}

void __wrap_cmark_consolidate_text_nodes(cmark_node *root) {
    if (arena_exit == NULL) { // no parse of ours: memory is freed piece by piece
        __real_cmark_consolidate_text_nodes(root);
        return;
    }
    cmark_node *node = root;
    while (node != NULL) {
        if (node->type == CMARK_NODE_TEXT && node->next != NULL && node->next->type == CMARK_NODE_TEXT) join_texts(node);
        if (node->first_child != NULL) {
            node = node->first_child;
            continue;
        }
        while (node != root && node->next == NULL) node = node->parent;
        if (node == root) return;
        node = node->next;
    }
}

// MARK: - Parsing

static cmark_syntax_extension *table_extension, *strikethrough_extension, *autolink_extension, *task_extension,
    *tag_filter_extension;

void ccmark_prepare(void) {
    cmark_gfm_core_extensions_ensure_registered();
    table_extension = cmark_find_syntax_extension("table");
    strikethrough_extension = cmark_find_syntax_extension("strikethrough");
    autolink_extension = cmark_find_syntax_extension("autolink");
    task_extension = cmark_find_syntax_extension("tasklist");
    tag_filter_extension = cmark_find_syntax_extension("tagfilter");
    ccmark_document document;
    if (ccmark_parse((const uint8_t *)"a", 1, 0xff, false, &document)) ccmark_free(&document);
}

static cmark_parser *new_parser(uint32_t extensions, bool smart, cmark_mem *memory) {
    int options = CMARK_OPT_UNSAFE;
    if (smart) options |= CMARK_OPT_SMART;
    if (extensions & CCMARK_EXTENSION_FOOTNOTES) options |= CMARK_OPT_FOOTNOTES;
    cmark_parser *parser = cmark_parser_new_with_mem(options, memory);
    if (extensions & CCMARK_EXTENSION_TABLE) cmark_parser_attach_syntax_extension(parser, table_extension);
    if (extensions & CCMARK_EXTENSION_STRIKETHROUGH)
        cmark_parser_attach_syntax_extension(parser, strikethrough_extension);
    if (extensions & CCMARK_EXTENSION_AUTOLINK) cmark_parser_attach_syntax_extension(parser, autolink_extension);
    if (extensions & CCMARK_EXTENSION_TAG_FILTER)
        cmark_parser_attach_syntax_extension(parser, tag_filter_extension);
    if (extensions & CCMARK_EXTENSION_TASK_LIST) cmark_parser_attach_syntax_extension(parser, task_extension);
    return parser;
}

// MARK: - Flattening

typedef struct {
    ccmark_document *document;
    size_t node_capacity;
    size_t heap_capacity;
    bool failed;
} flattener;

static uint32_t add_bytes(flattener *to, const uint8_t *bytes, size_t count) {
    ccmark_document *document = to->document;
    size_t start = document->heap_count;
    if (count > UINT32_MAX / 2 || start > UINT32_MAX / 2) {
        to->failed = true;
        return 0;
    }
    if (start + count > to->heap_capacity) {
        size_t capacity = to->heap_capacity * 2 + count;
        uint8_t *larger = realloc(document->heap, capacity);
        if (larger == NULL) {
            to->failed = true;
            return 0;
        }
        document->heap = larger;
        to->heap_capacity = capacity;
    }
    if (count != 0) memcpy(document->heap + start, bytes, count);
    document->heap_count = start + count;
    return (uint32_t)start;
}

static void set_text(flattener *to, ccmark_node *node, const cmark_chunk *text) {
    if (text->len <= 0) return;
    node->text = add_bytes(to, text->data, (size_t)text->len);
    node->text_count = to->failed ? 0 : (uint32_t)text->len;
}

static void set_extra(flattener *to, ccmark_node *node, const cmark_chunk *text) {
    if (text->len <= 0) return;
    node->extra = add_bytes(to, text->data, (size_t)text->len);
    node->extra_count = to->failed ? 0 : (uint32_t)text->len;
}

static void fill(flattener *to, ccmark_node *node, cmark_node *from) {
    node->start_line = from->start_line;
    node->start_column = from->start_column;
    node->end_line = from->end_line;
    node->end_column = from->end_column;
    switch (from->type) {
    case CMARK_NODE_DOCUMENT: node->kind = CCMARK_DOCUMENT; return;
    case CMARK_NODE_BLOCK_QUOTE: node->kind = CCMARK_BLOCK_QUOTE; return;
    case CMARK_NODE_LIST:
        node->kind = CCMARK_LIST;
        node->number = from->as.list.start;
        if (from->as.list.tight) node->flags |= CCMARK_TIGHT;
        if (from->as.list.list_type == CMARK_ORDERED_LIST) node->flags |= CCMARK_ORDERED;
        return;
    case CMARK_NODE_ITEM:
        node->kind = CCMARK_ITEM;
        if (from->extension != NULL && from->extension == task_extension) {
            node->flags |= CCMARK_TASK;
            if (from->as.list.checked) node->flags |= CCMARK_CHECKED;
        }
        return;
    case CMARK_NODE_CODE_BLOCK:
        node->kind = CCMARK_CODE_BLOCK;
        if (from->as.code.fenced) node->flags |= CCMARK_FENCED;
        set_text(to, node, &from->as.code.literal);
        set_extra(to, node, &from->as.code.info);
        return;
    case CMARK_NODE_HTML_BLOCK:
        node->kind = CCMARK_HTML_BLOCK;
        set_text(to, node, &from->as.literal);
        return;
    case CMARK_NODE_PARAGRAPH: node->kind = CCMARK_PARAGRAPH; return;
    case CMARK_NODE_HEADING:
        node->kind = CCMARK_HEADING;
        node->level = (uint8_t)from->as.heading.level;
        return;
    case CMARK_NODE_THEMATIC_BREAK: node->kind = CCMARK_THEMATIC_BREAK; return;
    case CMARK_NODE_FOOTNOTE_DEFINITION:
        node->kind = CCMARK_FOOTNOTE_DEFINITION;
        node->number = from->footnote.def_count;
        set_text(to, node, &from->as.literal);
        return;
    case CMARK_NODE_TEXT:
        node->kind = CCMARK_TEXT;
        set_text(to, node, &from->as.literal);
        return;
    case CMARK_NODE_SOFTBREAK: node->kind = CCMARK_SOFT_BREAK; return;
    case CMARK_NODE_LINEBREAK: node->kind = CCMARK_LINE_BREAK; return;
    case CMARK_NODE_CODE:
        node->kind = CCMARK_CODE;
        set_text(to, node, &from->as.literal);
        return;
    case CMARK_NODE_HTML_INLINE:
        node->kind = CCMARK_HTML_INLINE;
        set_text(to, node, &from->as.literal);
        return;
    case CMARK_NODE_EMPH: node->kind = CCMARK_EMPHASIS; return;
    case CMARK_NODE_STRONG: node->kind = CCMARK_STRONG; return;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        node->kind = from->type == CMARK_NODE_LINK ? CCMARK_LINK : CCMARK_IMAGE;
        set_text(to, node, &from->as.link.url);
        set_extra(to, node, &from->as.link.title);
        return;
    case CMARK_NODE_FOOTNOTE_REFERENCE:
        node->kind = CCMARK_FOOTNOTE_REFERENCE;
        node->number = from->footnote.ref_ix;
        set_text(to, node, &from->as.literal);
        if (from->parent_footnote_def != NULL) set_extra(to, node, &from->parent_footnote_def->as.literal);
        return;
    default: break;
    }
    if (from->type == CMARK_NODE_TABLE) {
        node->kind = CCMARK_TABLE;
    } else if (from->type == CMARK_NODE_TABLE_ROW) {
        node->kind = CCMARK_TABLE_ROW;
        if (cmark_gfm_extensions_get_table_row_is_header(from)) node->flags |= CCMARK_HEADER;
    } else if (from->type == CMARK_NODE_TABLE_CELL) {
        node->kind = CCMARK_TABLE_CELL;
    } else if (from->type == CMARK_NODE_STRIKETHROUGH) {
        node->kind = CCMARK_STRIKETHROUGH;
    } else {
        node->kind = CCMARK_NONE;
    }
}

// Alignment belongs to the table and is told to its cells, counted from the start of their row.
static void align_cells(ccmark_document *document, size_t row, cmark_node *table) {
    uint16_t columns = cmark_gfm_extensions_get_table_columns(table);
    uint8_t *alignments = cmark_gfm_extensions_get_table_alignments(table);
    uint8_t header = document->nodes[row].flags & CCMARK_HEADER;
    uint16_t column = 0;
    for (size_t cell = row + 1; cell < document->nodes[row].end; cell = document->nodes[cell].end) {
        if (column < columns && alignments != NULL) document->nodes[cell].level = alignments[column];
        document->nodes[cell].flags |= header;
        column += 1;
    }
}

// The open nodes are found again through the tree itself; the index of each is kept in its user data.
static void flatten(flattener *to, cmark_node *root) {
    ccmark_document *document = to->document;
    cmark_node *from = root;
    bool after_text = false;
    while (from != NULL) {
        if (document->node_count == to->node_capacity) {
            size_t capacity = to->node_capacity * 2;
            ccmark_node *larger = realloc(document->nodes, capacity * sizeof(ccmark_node));
            if (larger == NULL) to->failed = true;
            if (to->failed) return;
            document->nodes = larger;
            to->node_capacity = capacity;
        }
        ccmark_node *last = document->node_count == 0 ? NULL : &document->nodes[document->node_count - 1];
        if (after_text && from->type == CMARK_NODE_TEXT && last->text + last->text_count == document->heap_count) {
            // Text is split at special characters; neighbours are one.
            if (from->as.literal.len > 0) {
                uint32_t at = add_bytes(to, from->as.literal.data, (size_t)from->as.literal.len);
                if (last->text_count == 0) last->text = at;
                last->text_count += to->failed ? 0 : (uint32_t)from->as.literal.len;
            }
            last->end_line = from->end_line;
            last->end_column = from->end_column;
        } else {
            ccmark_node *node = &document->nodes[document->node_count];
            memset(node, 0, sizeof *node);
            fill(to, node, from);
            if (node->kind == CCMARK_TEXT && node->text_count == 0) node->text = (uint32_t)document->heap_count;
            from->user_data = (void *)(uintptr_t)document->node_count;
            document->node_count += 1;
            node->end = (uint32_t)document->node_count;
        }
        after_text = from->type == CMARK_NODE_TEXT;
        if (to->failed) return;
        if (from->first_child != NULL) {
            from = from->first_child;
            after_text = false;
            continue;
        }
        while (from != root && from->next == NULL) {
            from = from->parent;
            after_text = false;
            size_t index = (size_t)(uintptr_t)from->user_data;
            document->nodes[index].end = (uint32_t)document->node_count;
            if (from->type == CMARK_NODE_TABLE_ROW) align_cells(document, index, from->parent);
        }
        if (from == root) return;
        from = from->next;
    }
}

static cmark_node *parse_bounded(const uint8_t *text, size_t count, uint32_t extensions, bool smart) {
    jmp_buf exit;
    if (setjmp(exit) != 0) {
        arena_exit = NULL;
        return NULL;
    }
    arena_left = arena_base + arena_factor * count;
    arena_exit = &exit;
    cmark_parser *parser = new_parser(extensions, smart, &arena_allocator);
    cmark_parser_feed(parser, (const char *)text, count);
    cmark_node *root = cmark_parser_finish(parser);
    arena_exit = NULL;
    return root;
}

bool ccmark_parse(const uint8_t *text, size_t count, uint32_t extensions, bool smart, ccmark_document *document) {
    memset(document, 0, sizeof *document);
    if (count > INT32_MAX / 2) return false;
    cmark_node *root = parse_bounded(text, count, extensions, smart);
    flattener to = {document, count / 12 + 64, count + count / 4 + 256, false};
    document->nodes = malloc(to.node_capacity * sizeof(ccmark_node));
    document->heap = malloc(to.heap_capacity);
    to.failed = root == NULL || document->nodes == NULL || document->heap == NULL;
    if (!to.failed) flatten(&to, root);
    arena_empty();
    if (to.failed) ccmark_free(document);
    return !to.failed;
}

void ccmark_free(ccmark_document *document) {
    free(document->nodes);
    free(document->heap);
    memset(document, 0, sizeof *document);
}

char *ccmark_reference_html(const uint8_t *text, size_t count, uint32_t extensions, bool smart) {
    cmark_mem *memory = cmark_get_default_mem_allocator();
    cmark_parser *parser = new_parser(extensions, smart, memory);
    cmark_parser_feed(parser, (const char *)text, count);
    cmark_node *root = cmark_parser_finish(parser);
    char *html = cmark_render_html(root, CMARK_OPT_UNSAFE, cmark_parser_get_syntax_extensions(parser));
    cmark_node_free(root);
    cmark_parser_free(parser);
    return html;
}
