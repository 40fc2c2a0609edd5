#include "catalogue/read_help_line.hpp"

#include <fmt/format.h>

namespace waymark::catalogue {
namespace {

// What Markdown gives a meaning that articles have no use for.
constexpr std::string_view kMarks = "*_`<>[]\\|~#";

bool is_page_of_ours(std::string_view to) {
  const auto is_part = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '/'; };
  return to.starts_with('/') && to.find("//") == std::string_view::npos && std::ranges::all_of(to, is_part);
}

class LineReader {
 public:
  LineReader(std::string_view text, const std::function<void(std::string)>& problem) : rest_(text), problem_(problem) {}

  HelpLine read() {
    while (!rest_.empty()) {
      if (rest_.starts_with("**")) {
        read_strong();
      } else if (rest_.starts_with('[')) {
        read_link();
      } else if (rest_.starts_with('{')) {
        // A placeholder's name may hold what is a mark elsewhere.
        plain_.append(take_until("}", "a placeholder")).append("}");
      } else if (kMarks.find(rest_.front()) != std::string_view::npos) {
        problem_(fmt::format("\"{}\" has no meaning here", rest_.front()));
        rest_.remove_prefix(1);
      } else {
        plain_ += rest_.front();
        rest_.remove_prefix(1);
      }
    }
    end_plain();
    return std::move(line_);
  }

 private:
  void end_plain() {
    if (!plain_.empty()) line_.push_back({.text = std::move(plain_)});
    plain_.clear();
  }
  // What stands before `end`, which is dropped as well; all of the rest, and a problem, where there is none.
  std::string_view take_until(std::string_view end, std::string_view what) {
    const auto at = rest_.find(end);
    const auto taken = rest_.substr(0, at);
    if (at == std::string_view::npos) problem_(fmt::format("{} has no end", what));
    rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + end.size());
    return taken;
  }
  std::string words_of(std::string_view text, std::string_view what) {
    if (text.empty() || text.find_first_of(kMarks) != std::string_view::npos) {
      problem_(fmt::format("{} holds more than words, or nothing", what));
    }
    return std::string(text);
  }
  void read_strong() {
    end_plain();
    rest_.remove_prefix(2);
    line_.push_back({.text = words_of(take_until("**", "a strong word"), "a strong word"), .is_strong = true});
  }
  void read_link() {
    end_plain();
    rest_.remove_prefix(1);
    HelpSpan span{.text = words_of(take_until("](", "a link"), "a link's text")};
    span.link = std::string(take_until(")", "a link"));
    if (!is_page_of_ours(span.link)) problem_(fmt::format("the link to \"{}\" leads to no page of ours", span.link));
    line_.push_back(std::move(span));
  }

  std::string_view rest_;
  const std::function<void(std::string)>& problem_;
  HelpLine line_;
  std::string plain_;
};

}  // namespace

HelpLine read_help_line(std::string_view text, const std::function<void(std::string)>& problem) {
  return LineReader(text, problem).read();
}

}  // namespace waymark::catalogue
