#include "catalogue/json_lines.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/stream_parser.hpp>

namespace waymark::catalogue {
namespace {

int line_at(std::string_view text, std::size_t offset) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

// RFC 6901, section 3.
std::string escape_pointer_part(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

// Walks a text that is known to be JSON, so it checks nothing again.
class Walker {
 public:
  Walker(std::string_view text, std::unordered_map<std::string, int>& lines,
         std::vector<JsonLines::Duplicate>& duplicates)
      : text_(text), lines_(lines), duplicates_(duplicates) {}

  void walk_value(const std::string& pointer) {
    skip_blanks();
    lines_.try_emplace(pointer, line_);
    if (at_ >= text_.size()) return;
    if (text_[at_] == '{')
      walk_members(pointer, '}');
    else if (text_[at_] == '[')
      walk_members(pointer, ']');
    else if (text_[at_] == '"')
      take_string();
    else
      skip_word();
  }

 private:
  void walk_members(const std::string& pointer, char close) {
    ++at_;
    for (int index = 0;; ++index) {
      skip_blanks();
      if (at_ >= text_.size()) return;
      if (text_[at_] == close) break;
      if (close == '}')
        walk_member(pointer);
      else
        walk_value(pointer + "/" + std::to_string(index));
      skip_blanks();
      if (at_ < text_.size() && text_[at_] == ',') ++at_;
    }
    ++at_;
  }

  void walk_member(const std::string& pointer) {
    const int line = line_;
    const std::string_view raw = take_string();
    const auto parsed = boost::json::parse(boost::json::string_view(raw.data(), raw.size()));
    const std::string name(parsed.as_string().data(), parsed.as_string().size());
    std::string child = pointer + "/" + escape_pointer_part(name);
    if (!lines_.try_emplace(child, line).second) duplicates_.push_back({name, line});
    skip_blanks();
    ++at_;  // the colon
    walk_value(child);
  }

  std::string_view take_string() {
    const std::size_t begin = at_++;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    ++at_;
    return text_.substr(begin, at_ - begin);
  }

  void skip_word() {
    while (at_ < text_.size() && std::string_view(",]} \t\r\n").find(text_[at_]) == std::string_view::npos) ++at_;
  }

  void skip_blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) {
      if (text_[at_] == '\n') ++line_;
      ++at_;
    }
  }

  std::string_view text_;
  std::unordered_map<std::string, int>& lines_;
  std::vector<JsonLines::Duplicate>& duplicates_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

JsonLines::JsonLines(std::string_view text) { Walker(text, lines_, duplicates_).walk_value(""); }

int JsonLines::line_of(std::string_view pointer) const {
  std::string part(pointer);
  while (true) {
    if (const auto found = lines_.find(part); found != lines_.end()) return found->second;
    if (part.empty()) return 1;
    part.resize(part.rfind('/') == std::string::npos ? 0 : part.rfind('/'));
  }
}

std::optional<boost::json::value> parse_json(std::string_view text, JsonSyntaxProblem& problem) {
  boost::json::stream_parser parser;
  boost::json::error_code error;
  std::size_t used = parser.write_some(text.data(), text.size(), error);
  if (!error && text.find_first_not_of(" \t\r\n", used) != std::string_view::npos)
    error = boost::json::error::extra_data;
  if (!error) parser.finish(error);
  if (error) {
    problem = {line_at(text, std::min(used, text.size())), "not JSON here: " + error.message()};
    return std::nullopt;
  }
  return parser.release();
}

}  // namespace waymark::catalogue
