#include "web/csv.hpp"

namespace waymark::web {

std::string csv_cell(std::string_view value) {
  constexpr std::string_view kBeginsFormula = "=+-@\t\r\n";
  constexpr std::string_view kNeedsQuotes = "\",;\r\n\t'";
  std::string cell;
  if (!value.empty() && kBeginsFormula.find(value.front()) != std::string_view::npos) cell += '\'';
  cell += value;
  if (cell.find_first_of(kNeedsQuotes) == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char letter : cell) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted += '"';
}

void Csv::add(const std::vector<std::string>& cells) {
  bool is_first = true;
  for (const auto& cell : cells) {
    if (!is_first) text_ += ',';
    is_first = false;
    text_ += csv_cell(cell);
  }
  text_ += "\r\n";
}

Response Csv::response(std::string name) const {
  return Response::download(std::move(name), "text/csv; charset=utf-8", "\xEF\xBB\xBF" + text_);
}

}  // namespace waymark::web
