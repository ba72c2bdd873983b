/// TOML through toml++, flattened into records that carry places: toml++ is C++, its tables forget the order
/// of their keys, and its findings are objects. Nothing of it is seen outside CTOML.cpp.
#ifndef CTOML_H
#define CTOML_H
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

enum { ctoml_boolean = 1, ctoml_integer, ctoml_double, ctoml_string, ctoml_date, ctoml_time, ctoml_list, ctoml_map };

/// A place: line and column from 1, the column counted in code points.
struct ctoml_place { uint32_t line, column; };

/// One value, before the values that it holds.
struct ctoml_record {
    uint32_t kind;
    /// Of a list or map: how many values it holds.
    uint32_t count;
    struct ctoml_place start, end;
    /// In a map: the key, in the heap, and its place.
    uint32_t key_offset, key_count;
    struct ctoml_place key_start, key_end;
    /// Of a string: its bytes, in the heap.
    uint32_t text_offset, text_count;
    /// Of a boolean or integer.
    int64_t integer;
    double number;
    /// Of a date or time.
    int32_t year, month, day, has_time, hour, minute, second, nanosecond, has_offset, offset_minutes;
};

struct ctoml_document {
    struct ctoml_record *records;
    size_t record_count;
    unsigned char *heap;
    size_t heap_count;
    /// What is wrong, or null.
    char *problem;
    struct ctoml_place problem_start, problem_end;
    /// Whether values nest deeper than allowed; then they are cut there.
    int is_too_deep;
};

/// Reads `count` bytes of UTF-8; never null unless there is no memory. Give it back to `ctoml_free`.
struct ctoml_document *ctoml_parse(const char *bytes, size_t count, uint32_t depth_limit);
void ctoml_free(struct ctoml_document *document);

#ifdef __cplusplus
}
#endif
#endif
