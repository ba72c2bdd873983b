#ifndef CTHEME_H
#define CTHEME_H
#include <stddef.h>

/// A file that the program carries.
struct carried_file {
    const char *_Nonnull path;
    const unsigned char *_Nonnull bytes;
    size_t count;
};

/// The first of all carried files, sorted by path.
const struct carried_file *_Nonnull carried_file_table(void);
/// How many there are.
size_t carried_file_count(void);
#endif
