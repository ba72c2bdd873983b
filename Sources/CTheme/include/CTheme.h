#ifndef CTHEME_H
#define CTHEME_H
#include <stddef.h>

/// A file that the program carries.
struct theme_file {
    const char *_Nonnull path;
    const unsigned char *_Nonnull bytes;
    size_t count;
};

/// The first of all carried files, sorted by path.
const struct theme_file *_Nonnull theme_file_table(void);
/// How many there are.
size_t theme_file_count(void);
#endif
