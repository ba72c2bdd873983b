#ifndef CRESOURCES_H
#define CRESOURCES_H
#include <stddef.h>
/// A file that the binary carries.
struct carried_file { const char *path; const unsigned char *bytes; size_t count; };
extern const struct carried_file carried_files[];
extern const size_t carried_file_count;
#endif
