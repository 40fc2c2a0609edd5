// The articles of the help centre: help/LANGUAGE/NAME.md of the catalogue, in a small part of Markdown that is read
// into this and drawn by web's own builder, so that no article can carry a tag.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::catalogue {

struct HelpSpan {
  std::string text;
  std::string link{};  // a page of ours, "/recover"; empty: no link
  bool is_strong = false;
};
using HelpLine = std::vector<HelpSpan>;

struct HelpBlock {
  enum class Kind { heading, paragraph, bullets, steps };
  Kind kind = Kind::paragraph;
  std::vector<HelpLine> lines{};  // the items of a list; else one
};

// Where a link stands, for whoever knows which pages there are.
struct HelpLink {
  std::string to;
  std::string file;
  int line = 0;
};

// An article in one language.
struct HelpText {
  std::string title;
  std::string summary;                // one sentence: in lists, and where a search found only the title
  std::vector<std::string> keywords;  // other words that people use for it; searched, not shown
  std::vector<HelpBlock> blocks;
  std::vector<HelpLink> links;
};

// Constants equal the front matter's text and the locale keys "help.topic.TOPIC"; the help centre has them in this
// order.
inline constexpr std::string_view kHelpTopics[] = {"account", "signing_in", "case", "writing", "privacy"};

struct HelpArticle {
  std::string name;   // "backup-codes": stands at /help/backup-codes
  std::string topic;  // one of kHelpTopics
  int order = 0;      // within its topic
  std::map<std::string, HelpText, std::less<>> by_language;

  const HelpText& in(std::string_view language) const;  // English where the language lacks it
};

// The text alone, marks and links dropped.
std::string plain_text(const HelpLine& line);

}  // namespace waymark::catalogue
