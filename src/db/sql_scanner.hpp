// Cuts SQL into words, literals, comments and signs, as far as migrations need it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::db {

enum class PieceKind {
  word,     // a bare word: keyword, name or number
  literal,  // 'text' or "name", with its quotes
  space,    // blanks and comments
  sign,     // any other single character
};

struct Piece {
  PieceKind kind;
  std::string_view text;  // of the SQL that was given
};

class SqlScanner {
 public:
  explicit SqlScanner(std::string_view sql) : rest_(sql) {}
  std::optional<Piece> next();

 private:
  std::string_view rest_;
};

// The single statements of a script, without their semicolons; pieces that hold only blanks and comments are dropped.
std::vector<std::string> split_statements(std::string_view script);

}  // namespace waymark::db
