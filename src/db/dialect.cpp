// Migrations are written with types of our own; this turns them to the database's.
#include "db/migrate.hpp"
#include "db/sql_scanner.hpp"

namespace waymark::db {

namespace {

enum class Kind { sqlite, postgres };

class Translation {
 public:
  Translation(std::string_view sql, Kind kind) : scanner_(sql), kind_(kind) {}

  std::string result() {
    while (const auto piece = scanner_.next()) {
      if (piece->kind == PieceKind::word) {
        add_word(piece->text);
      } else if (piece->text == ";") {
        end_statement();
        out_ += ';';
      } else {
        add_other(*piece);
      }
    }
    end_statement();
    return std::move(out_);
  }

 private:
  void add_word(std::string_view word) {
    ++words_;
    if (words_ == 1) first_word_ = word;
    if (words_ == 2) is_table_ = word == "TABLE" && (first_word_ == "CREATE" || first_word_ == "ALTER");
    out_ += type_of(word);
    meaningful_end_ = out_.size();
    last_is_parenthesis_ = false;
  }

  void add_other(const Piece& piece) {
    if (piece.text == "(") ++depth_;
    if (piece.text == ")") --depth_;
    out_ += piece.text;
    if (piece.kind == PieceKind::space) return;
    meaningful_end_ = out_.size();
    last_is_parenthesis_ = piece.text == ")";
  }

  std::string_view type_of(std::string_view word) const {
    const bool is_sqlite = kind_ == Kind::sqlite;
    if (word == "ID" || word == "INTEGER") return is_sqlite ? "INTEGER" : "BIGINT";
    if (word == "BOOL") return is_sqlite ? "INTEGER" : "BOOLEAN";
    if (word == "BYTES") return is_sqlite ? "BLOB" : "BYTEA";
    // Byte order is what SQLite compares by. Only a column's own type: a CAST may not name a collation.
    if (word == "TEXT" && !is_sqlite && is_column_place()) return "TEXT COLLATE \"C\"";
    return word;
  }

  bool is_column_place() const { return is_table_ && depth_ == (first_word_ == "CREATE" ? 1 : 0); }

  void end_statement() {
    const bool makes_table = is_table_ && first_word_ == "CREATE";
    if (makes_table && kind_ == Kind::sqlite) {
      out_.insert(meaningful_end_, last_is_parenthesis_ ? " STRICT" : ", STRICT");
    }
    words_ = 0;
    depth_ = 0;
    is_table_ = false;
    first_word_ = {};
  }

  SqlScanner scanner_;
  Kind kind_;
  std::string out_;
  std::string_view first_word_;
  int words_ = 0;
  int depth_ = 0;
  bool is_table_ = false;
  bool last_is_parenthesis_ = false;
  std::size_t meaningful_end_ = 0;  // behind the last thing that is neither blank nor comment
};

}  // namespace

std::string to_dialect(std::string_view sql, std::string_view kind) {
  return Translation(sql, kind == "sqlite" ? Kind::sqlite : Kind::postgres).result();
}

}  // namespace waymark::db
