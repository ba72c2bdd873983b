#include "CCMark.h"

// cmark-gfm 0.29.0.gfm.6 keeps the characters that start an inline in one table for the whole process: each
// parse with extensions adds theirs before it begins and takes them out again when it ends. Two threads
// that parse at once therefore spoil each other's output. The linker sends the library's own calls of
// cmark_inlines_remove_special_character here (--wrap, see Package.swift), so that what has been added stays:
// all our parses use the same extensions, hence the table never changes after the first.
void __wrap_cmark_inlines_remove_special_character(unsigned char c, int emphasis);
void __wrap_cmark_inlines_remove_special_character(unsigned char c, int emphasis) {
    (void)c;
    (void)emphasis;
}
