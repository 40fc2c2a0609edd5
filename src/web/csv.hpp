// Rows for a spreadsheet (RFC 4180), with cells that a spreadsheet would run as formulas made plain: whoever can write
// a name into a case must not run anything on an officer's machine.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/response.hpp"

namespace waymark::web {

class Csv {
 public:
  explicit Csv(const std::vector<std::string>& headings) { add(headings); }
  void add(const std::vector<std::string>& cells);
  const std::string& text() const { return text_; }
  // Named "queue.csv"; begins with a byte order mark, without which Excel reads other than UTF-8.
  Response response(std::string name) const;

 private:
  std::string text_;
};

// The cell as it stands in the file, quoted where it must be. One that begins with = + - @, a tab or a line end gets an
// apostrophe before it, which spreadsheets take as "this is text" (OWASP, CSV Injection).
std::string csv_cell(std::string_view value);

}  // namespace waymark::web
