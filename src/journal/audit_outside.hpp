// The copy of the checkpoints outside of the database: a file that only grows. Whoever can change the database and not
// this file can't cut off the trail's end unseen.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "journal/audit_checkpoints.hpp"

namespace waymark::journal {

class OutsideCopy {
 public:
  explicit OutsideCopy(std::filesystem::path file) : file_(std::move(file)) {}
  // Writes what the database has and the file has not, durably; how many lines. Throws std::runtime_error when the file
  // can't be written: the next call does what is missing. A line that a crash left half written stays, and the whole
  // one follows it.
  int catch_up(db::Database& database);
  // Of the file's last good line; 1970 when there is none.
  Instant newest_at() const;

 private:
  void append(std::span<const Checkpoint> checkpoints);
  std::filesystem::path file_;
  std::optional<Instant> newest_at_;  // of the file's last good line, once it was read
};

// Calls `line` with number (from 1) and text of each line, in order, without holding them; false when there is no such
// file. A half line that the next one begins with is left out.
bool read_outside_copy(const std::filesystem::path& file, const std::function<void(int, std::string_view)>& line);

}  // namespace waymark::journal
