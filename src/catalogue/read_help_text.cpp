#include "catalogue/read_help_text.hpp"

#include <fmt/format.h>

#include <set>

#include "base/text.hpp"
#include "catalogue/read_help_line.hpp"

namespace waymark::catalogue {
namespace {

constexpr std::string_view kFence = "---";

class TextReader {
 public:
  TextReader(const CatalogueFile& file, HelpFrontMatter* front, std::vector<CatalogueProblem>& problems)
      : file_(file), front_(front), problems_(problems), lines_(split(file.content, '\n')) {}

  HelpText read() {
    if (!is_valid_utf8(file_.content)) {
      problem(1, "is not UTF-8");
      return std::move(text_);
    }
    read_front_matter();
    for (; at_ < lines_.size(); ++at_) read_line(lines_[at_]);
    end_block();
    if (text_.blocks.empty()) problem(number(), "says nothing");
    return std::move(text_);
  }

 private:
  int number() const { return static_cast<int>(std::min(at_ + 1, lines_.size())); }
  void problem(int line, std::string reason) { problems_.push_back({file_.path, line, std::move(reason)}); }

  void read_front_matter() {
    if (lines_.empty() || lines_[0] != kFence) return problem(1, "does not begin with front matter (---)");
    std::set<std::string> said;
    for (at_ = 1; at_ < lines_.size() && lines_[at_] != kFence; ++at_) {
      const auto line = lines_[at_];
      const auto colon = line.find(": ");
      const std::string name(line.substr(0, colon));
      if (colon == std::string_view::npos) {
        problem(number(), "front matter is \"name: value\"");
      } else if (!said.insert(name).second) {
        problem(number(), fmt::format("{} stands twice", name));
      } else {
        take(name, std::string(trim(line.substr(colon + 2))));
      }
    }
    if (at_ >= lines_.size()) problem(number(), "the front matter has no end (---)");
    ++at_;
    if (text_.title.empty()) problem(1, "has no title");
    if (text_.summary.empty()) problem(1, "has no summary");
    if (front_ != nullptr && front_->topic.empty()) problem(1, "has no topic");
    if (front_ != nullptr && !front_->order) problem(1, "has no order");
  }

  void take(const std::string& name, std::string value) {
    if (name == "title") {
      text_.title = std::move(value);
    } else if (name == "summary") {
      text_.summary = std::move(value);
    } else if (name == "keywords") {
      for (const auto word : split(value, ',')) text_.keywords.emplace_back(trim(word));
    } else if (name != "topic" && name != "order") {
      problem(number(), fmt::format("{} is unknown here", name));
    } else if (front_ == nullptr) {
      problem(number(), fmt::format("{} belongs in the English file alone", name));
    } else if (name == "order") {
      const auto order = parse_integer(value);
      if (!order || *order < 0 || *order > 1000) return problem(number(), "order is not a number from 0 to 1000");
      front_->order = static_cast<int>(*order);
    } else {
      if (std::ranges::find(kHelpTopics, value) == std::end(kHelpTopics)) {
        problem(number(), fmt::format("\"{}\" is no topic", value));
      }
      front_->topic = std::move(value);
    }
  }

  void read_line(std::string_view line) {
    if (line.empty()) return end_block();
    if (line.starts_with("  ") && is_list()) return add_words(trim(line));
    if (line.front() == ' ' || line.back() == ' ' || line.find('\t') != std::string_view::npos) {
      problem(number(), "begins or ends with a blank, or holds a tab");
    }
    if (line.starts_with("## ")) {
      end_block();
      begin(HelpBlock::Kind::heading, line.substr(3));
      end_block();
    } else if (line.starts_with("- ")) {
      begin(HelpBlock::Kind::bullets, line.substr(2));
    } else if (const auto item = item_of(line); !item.empty()) {
      begin(HelpBlock::Kind::steps, item);
    } else if (kind_ == HelpBlock::Kind::paragraph && !pending_.empty()) {
      add_words(line);
    } else {
      if (is_list()) problem(number(), "a blank line is missing after the list");
      begin(HelpBlock::Kind::paragraph, line);
    }
  }

  bool is_list() const {
    return !pending_.empty() && (kind_ == HelpBlock::Kind::bullets || kind_ == HelpBlock::Kind::steps);
  }
  // "1. words": the words. The numbers count from one, so that a step that was moved shows.
  std::string_view item_of(std::string_view line) {
    const auto dot = line.find(". ");
    if (dot == 0 || dot > 2 || dot == std::string_view::npos) return {};
    const auto said = parse_integer(line.substr(0, dot));
    if (!said) return {};
    const auto due = kind_ == HelpBlock::Kind::steps ? std::ssize(pending_) + 1 : 1;
    if (*said != due) problem(number(), fmt::format("step {} stands where {} is due", *said, due));
    return line.substr(dot + 2);
  }

  struct Pending {
    std::string text;
    int line;
  };
  void begin(HelpBlock::Kind kind, std::string_view text) {
    const bool goes_on = kind == kind_ && kind != HelpBlock::Kind::paragraph && kind != HelpBlock::Kind::heading;
    if (!goes_on) {
      if (!pending_.empty() && kind_ != HelpBlock::Kind::heading)
        problem(number(), "a blank line is missing before it");
      end_block();
    }
    kind_ = kind;
    pending_.push_back({std::string(trim(text)), number()});
  }
  void add_words(std::string_view text) { pending_.back().text.append(" ").append(text); }

  void end_block() {
    if (pending_.empty()) return;
    HelpBlock block{.kind = kind_};
    for (const auto& [text, line] : pending_) {
      block.lines.push_back(read_help_line(text, [&](std::string reason) { problem(line, std::move(reason)); }));
      for (const auto& span : block.lines.back()) {
        if (!span.link.empty()) text_.links.push_back({span.link, file_.path, line});
      }
    }
    text_.blocks.push_back(std::move(block));
    pending_.clear();
    kind_ = HelpBlock::Kind::paragraph;
  }

  const CatalogueFile& file_;
  HelpFrontMatter* front_;
  std::vector<CatalogueProblem>& problems_;
  std::vector<std::string_view> lines_;
  std::size_t at_ = 0;
  HelpText text_;
  HelpBlock::Kind kind_ = HelpBlock::Kind::paragraph;
  std::vector<Pending> pending_;
};

}  // namespace

HelpText read_help_text(const CatalogueFile& file, HelpFrontMatter* front, std::vector<CatalogueProblem>& problems) {
  return TextReader(file, front, problems).read();
}

}  // namespace waymark::catalogue
