#include "db/sql_scanner.hpp"

namespace waymark::db {

namespace {

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}
bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

std::size_t run_length(std::string_view text, bool (*belongs)(char)) {
  std::size_t length = 0;
  while (length < text.size() && belongs(text[length])) ++length;
  return length;
}

// A doubled quote is read as two literals side by side, which comes to the same here.
std::size_t quoted_length(std::string_view text) {
  const auto end = text.find(text.front(), 1);
  return end == std::string_view::npos ? text.size() : end + 1;
}

std::size_t length_until(std::string_view text, std::string_view end) {
  const auto found = text.find(end, 2);
  return found == std::string_view::npos ? text.size() : found + end.size();
}

Piece first_piece(std::string_view text) {
  const char first = text.front();
  if (is_word_character(first)) return {PieceKind::word, text.substr(0, run_length(text, is_word_character))};
  if (is_blank(first)) return {PieceKind::space, text.substr(0, run_length(text, is_blank))};
  if (text.starts_with("--")) return {PieceKind::space, text.substr(0, length_until(text, "\n"))};
  if (text.starts_with("/*")) return {PieceKind::space, text.substr(0, length_until(text, "*/"))};
  if (first == '\'' || first == '"') return {PieceKind::literal, text.substr(0, quoted_length(text))};
  return {PieceKind::sign, text.substr(0, 1)};
}

}  // namespace

std::optional<Piece> SqlScanner::next() {
  if (rest_.empty()) return std::nullopt;
  const Piece piece = first_piece(rest_);
  rest_.remove_prefix(piece.text.size());
  return piece;
}

std::vector<std::string> split_statements(std::string_view script) {
  std::vector<std::string> statements;
  std::string statement;
  bool has_content = false;
  const auto finish = [&] {
    if (has_content) statements.push_back(std::move(statement));
    statement.clear();
    has_content = false;
  };
  SqlScanner scanner(script);
  while (const auto piece = scanner.next()) {
    if (piece->kind == PieceKind::sign && piece->text == ";") {
      finish();
      continue;
    }
    statement += piece->text;
    has_content = has_content || piece->kind != PieceKind::space;
  }
  finish();
  return statements;
}

}  // namespace waymark::db
