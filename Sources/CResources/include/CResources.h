#ifndef CRESOURCES_H
#define CRESOURCES_H
#include <stddef.h>
/// A file that the binary carries.
struct carried_file { const char *path; const unsigned char *bytes; size_t count; };
extern const struct carried_file carried_files[];
extern const size_t carried_file_count;
/// The IANA time zones, as Tests/Scripts/generate_time_zones.py writes them.
extern const struct carried_file carried_time_zones;
/// Names of months and days in many languages, as Tests/Scripts/generate_date_names.py writes them.
extern const struct carried_file carried_date_names;
#endif
