// Takes a feed into the cases (docs/feed.md): beside interactive work, in turns of a few milliseconds, restartable.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "features/cases/cases.hpp"

namespace waymark::feed {

// One record that did not go in. `line` is 0 for one that an earlier import held back and that was refused only now.
struct RefusedRecord {
  std::int64_t line = 0;
  std::string record;  // its name; empty when the line has none that can be read
  std::string field;   // empty for not_json
  std::string reason;  // of docs/feed.md
};

struct FeedSummary {
  std::int64_t lines = 0;    // of the file, blank ones included
  std::int64_t went_in = 0;  // of this file; with those that were held back before it
  std::int64_t known = 0;
  std::int64_t refused = 0;
  std::int64_t waiting = 0;  // records held back at the end, of all files
  bool was_resumed = false;  // the numbers then include what the ended import had done
};

// Called for each refused record once it is sure, in the importing thread; by lines within some thousands of lines.
using ReportRefused = std::function<void(const RefusedRecord&)>;

// What whoever sends may touch.
struct FeedScope {
  std::vector<std::string> prefixes{};  // of receipt numbers; none: all. Others are refused with "not_yours".
  std::string sender{};                 // tells two senders of the same content apart
  std::function<bool()> must_stop{};    // asked between pieces, from the importing thread; none: never
  bool allows(std::string_view receipt_number) const;
};

// The import was told to stop: what went in stays, and the same call goes on from there.
class ImportStopped : public std::exception {
 public:
  const char* what() const noexcept override { return "the import was stopped before its end"; }
};

// One hash over the file's content; no more than a part of it is in memory. Throws when it can't be read.
std::string hash_of_file(const std::filesystem::path& file);

// Imports the file; one that was ended half-way goes on where it stood. Throws std::runtime_error when the file can't
// be read, DatabaseError when the database fails, ImportStopped: what went in stays, and the same call goes on from
// there.
FeedSummary import_feed(const cases::Cases& cases, const std::filesystem::path& file, const ReportRefused& report,
                        const FeedScope& scope = {});

// Imports a stream, from its beginning; for feeds that the binary carries.
FeedSummary import_feed(const cases::Cases& cases, std::istream& stream, const ReportRefused& report);

}  // namespace waymark::feed
