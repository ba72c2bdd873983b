#include "CTOML.h"

// toml++ asserts what wrong TOML can make false (a date followed by a blank and a letter), and takes it for
// granted where NDEBUG is set. Here a false assertion is one more way of not being TOML.
namespace {
struct false_assertion {};
}
#undef NDEBUG
#define TOML_ASSERT(expr) (static_cast<bool>(expr) ? static_cast<void>(0) : throw false_assertion{})
#define TOML_EXCEPTIONS 1
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct flattener {
    std::vector<ctoml_record> records;
    std::string heap;
    uint32_t depth_limit;
    bool is_too_deep = false;

    static ctoml_place place(const toml::source_position &position) {
        return {static_cast<uint32_t>(position.line), static_cast<uint32_t>(position.column)};
    }

    void add(const toml::node &node, const toml::key *key, uint32_t depth) {
        const size_t index = records.size();
        records.push_back(ctoml_record{});
        ctoml_record record{};
        record.start = place(node.source().begin);
        record.end = place(node.source().end);
        if (key) {
            record.key_offset = static_cast<uint32_t>(heap.size());
            record.key_count = static_cast<uint32_t>(key->str().size());
            heap.append(key->str());
            record.key_start = place(key->source().begin);
            record.key_end = place(key->source().end);
        }
        if (depth > depth_limit) {
            is_too_deep = true;
            record.kind = ctoml_map;
            records[index] = record;
            return;
        }
        if (const auto *table = node.as_table()) {
            record.kind = ctoml_map;
            record.count = static_cast<uint32_t>(table->size());
            std::vector<std::pair<const toml::key *, const toml::node *>> entries;
            entries.reserve(table->size());
            for (auto it = table->cbegin(); it != table->cend(); ++it) entries.emplace_back(&it->first, &it->second);
            std::stable_sort(entries.begin(), entries.end(), [](const auto &left, const auto &right) {
                const auto a = left.first->source().begin, b = right.first->source().begin;
                return a.line != b.line ? a.line < b.line : a.column < b.column;
            });
            for (const auto &entry : entries) add(*entry.second, entry.first, depth + 1);
        } else if (const auto *array = node.as_array()) {
            record.kind = ctoml_list;
            record.count = static_cast<uint32_t>(array->size());
            for (const auto &element : *array) add(element, nullptr, depth + 1);
        } else if (const auto *text = node.as_string()) {
            record.kind = ctoml_string;
            record.text_offset = static_cast<uint32_t>(heap.size());
            record.text_count = static_cast<uint32_t>(text->get().size());
            heap.append(text->get());
        } else if (const auto *integer = node.as_integer()) {
            record.kind = ctoml_integer;
            record.integer = integer->get();
        } else if (const auto *number = node.as_floating_point()) {
            record.kind = ctoml_double;
            record.number = number->get();
        } else if (const auto *truth = node.as_boolean()) {
            record.kind = ctoml_boolean;
            record.integer = truth->get() ? 1 : 0;
        } else if (const auto *date = node.as_date()) {
            record.kind = ctoml_date;
            set(record, date->get());
        } else if (const auto *moment = node.as_date_time()) {
            record.kind = ctoml_date;
            set(record, moment->get().date);
            set(record, moment->get().time);
            if (moment->get().offset) {
                record.has_offset = 1;
                record.offset_minutes = moment->get().offset->minutes;
            }
        } else if (const auto *time = node.as_time()) {
            record.kind = ctoml_time;
            set(record, time->get());
        }
        records[index] = record;
    }

    static void set(ctoml_record &record, const toml::date &date) {
        record.year = date.year;
        record.month = date.month;
        record.day = date.day;
    }

    static void set(ctoml_record &record, const toml::time &time) {
        record.has_time = 1;
        record.hour = time.hour;
        record.minute = time.minute;
        record.second = time.second;
        record.nanosecond = static_cast<int32_t>(time.nanosecond);
    }
};

template <typename T> T *copied(const T *from, size_t count) {
    auto *memory = static_cast<T *>(std::malloc((count ? count : 1) * sizeof(T)));
    if (memory && count) std::memcpy(memory, from, count * sizeof(T));
    return memory;
}

char *text(std::string_view from) {
    auto *memory = static_cast<char *>(std::calloc(from.size() + 1, 1));
    if (memory) std::memcpy(memory, from.data(), from.size());
    return memory;
}

} // namespace

extern "C" ctoml_document *ctoml_parse(const char *bytes, size_t count, uint32_t depth_limit) {
    auto *document = static_cast<ctoml_document *>(std::calloc(1, sizeof(ctoml_document)));
    if (!document) return nullptr;
    flattener flat;
    flat.depth_limit = depth_limit;
    try {
        const auto table = toml::parse(std::string_view(bytes, count));
        flat.add(table, nullptr, 0);
    } catch (const toml::parse_error &error) {
        document->problem = text(error.description());
        document->problem_start = flattener::place(error.source().begin);
        document->problem_end = flattener::place(error.source().end);
        return document;
    } catch (...) {
        document->problem = text("this is not TOML");
        return document;
    }
    document->records = copied(flat.records.data(), flat.records.size());
    document->record_count = document->records ? flat.records.size() : 0;
    document->heap = reinterpret_cast<unsigned char *>(copied(flat.heap.data(), flat.heap.size()));
    document->heap_count = document->heap ? flat.heap.size() : 0;
    document->is_too_deep = flat.is_too_deep;
    return document;
}

extern "C" void ctoml_free(ctoml_document *document) {
    if (!document) return;
    std::free(document->records);
    std::free(document->heap);
    std::free(document->problem);
    std::free(document);
}
