// Passwords known from breaches elsewhere, from a file that the operator chose: SHA-1 in hexadecimal, one a line, in
// order, each with ":" and how often it was seen or without (the form in which Pwned Passwords are given out). Looked
// up on the disk: no line is kept in memory, and nothing about a password leaves the machine. Threads: safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace waymark {

class BreachedPasswords {
 public:
  // Throws std::runtime_error with the reason when the file can't be read, or its first and last lines show that it is
  // no such list.
  explicit BreachedPasswords(const std::string& file);
  ~BreachedPasswords();
  BreachedPasswords(const BreachedPasswords&) = delete;
  BreachedPasswords& operator=(const BreachedPasswords&) = delete;

  // Throws std::runtime_error when the disk fails: a password is not taken for unknown because nobody could look.
  bool contains(std::string_view password) const;

 private:
  struct Line {
    std::string hash;        // upper case; empty when there is no whole line
    std::int64_t begins_at;  // of the line
    std::int64_t ends_at;    // where the next one begins
  };
  Line line_around(std::int64_t offset) const;
  std::string read(std::int64_t offset, std::size_t most) const;

  int file_ = -1;
  std::int64_t size_ = 0;
};

}  // namespace waymark
