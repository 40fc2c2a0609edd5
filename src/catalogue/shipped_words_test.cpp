// The locale files and the code hold each other to their word: each key that the code names exists, and each key that
// exists is used.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "catalogue/words.hpp"

namespace waymark::catalogue {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = WAYMARK_SOURCE_DIR;

std::string contents_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

std::set<std::string> english_keys() {
  std::set<std::string> keys;
  const auto value = boost::json::parse(contents_of(kSource / "locales/en.json"));
  for (const auto& member : value.as_object()) keys.emplace(member.key().data(), member.key().size());
  return keys;
}

// "feature.topic.name", and anything else of that look: query names, log events and kinds of mail have two parts.
const std::regex kKeyLiteral("\"([a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)+\\.?)\"");

bool looks_like_key(const std::string& literal) {
  return std::ranges::count(literal, '.') >= 2 && !literal.ends_with('.');
}

// "mail.accounts.account_opened.subject" is named by the kind of what is told: "accounts.account_opened".
std::string told_kind_of(const std::string& key) {
  if (!key.starts_with("mail.") && !key.starts_with("text.")) return {};
  const std::size_t begin = key.find('.') + 1;
  return key.substr(begin, key.rfind('.') - begin);
}

// Where each key literal of the code stands: file:line.
std::map<std::string, std::string> literals_of_code() {
  std::map<std::string, std::string> literals;
  for (const auto& entry : fs::recursive_directory_iterator(kSource / "src")) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_regular_file() || name.ends_with("_test.cpp") || !(name.ends_with(".cpp") || name.ends_with(".hpp")))
      continue;
    std::istringstream lines(contents_of(entry.path()));
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      for (std::sregex_iterator match(line.begin(), line.end(), kKeyLiteral), end; match != end; ++match) {
        literals.emplace((*match)[1], fs::relative(entry.path(), kSource).string() + ":" + std::to_string(number));
      }
    }
  }
  return literals;
}

// Keys put together at run time, by their beginning: one a line, "#" begins a comment.
std::vector<std::string> run_time_prefixes() {
  std::vector<std::string> prefixes;
  std::istringstream lines(contents_of(kSource / "tests/lint/locale_prefixes.txt"));
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line[0] != '#') prefixes.push_back(line);
  }
  return prefixes;
}

bool has_listed_prefix(const std::string& key, const std::vector<std::string>& prefixes) {
  return std::ranges::any_of(prefixes, [&](const std::string& prefix) { return key.starts_with(prefix); });
}

std::string feature_of(const std::string& key) { return key.substr(0, key.find('.')); }

TEST(ShippedWords, LoadInEveryLanguageWithThePseudoOnes) {
  std::vector<std::pair<std::string, std::string>> read;
  for (const auto& entry : fs::directory_iterator(kSource / "locales")) {
    read.emplace_back("locales/" + entry.path().filename().string(), contents_of(entry.path()));
  }
  std::vector<Words::File> files;
  for (const auto& [path, content] : read) files.push_back({path, content});
  const Words words(files, true);
  ASSERT_NE(words.find("es"), nullptr);
  EXPECT_EQ(words.english().long_date(*parse_iso_date("2026-12-18")), "Friday, 18 December 2026");
  EXPECT_EQ(words.find("es")->long_date(*parse_iso_date("2026-12-18")), "viernes, 18 de diciembre de 2026");
}

TEST(ShippedWords, HaveEveryKeyThatTheCodeNames) {
  const auto keys = english_keys();
  const auto prefixes = run_time_prefixes();
  std::set<std::string> features;
  for (const std::string& key : keys) features.insert(feature_of(key));
  std::string missing;
  for (const auto& [literal, place] : literals_of_code()) {
    if (!features.contains(feature_of(literal)) || !looks_like_key(literal)) continue;
    if (keys.contains(literal) || has_listed_prefix(literal + ".", prefixes)) continue;
    missing += "\n" + place + ": " + literal;
  }
  EXPECT_EQ(missing, "") << "named by the code, and not in locales/en.json";
}

TEST(ShippedWords, HaveNoKeyThatNothingUses) {
  const auto literals = literals_of_code();
  const auto prefixes = run_time_prefixes();
  std::string unused;
  for (const std::string& key : english_keys()) {
    const bool is_named = literals.contains(key) || literals.contains(told_kind_of(key));
    if (!is_named && !has_listed_prefix(key, prefixes)) unused += "\n" + key;
  }
  EXPECT_EQ(unused, "") << "named nowhere in the code; tests/lint/locale_prefixes.txt lists what is put together";
}

std::map<std::string, std::string> messages_of(const std::string& language) {
  std::map<std::string, std::string> messages;
  const auto value = boost::json::parse(contents_of(kSource / "locales" / (language + ".json")));
  for (const auto& member : value.as_object()) messages[std::string(member.key())] = member.value().as_string().c_str();
  return messages;
}

// A thief's text looks like ours but for its link. Ours never have one, so that any link tells the thief.
TEST(ShippedWords, TextsNeverHoldALink) {
  const std::regex link(R"(https?:|www\.|://|\{origin\}|\{link\}|[a-z0-9]\.[a-z]{2,})", std::regex::icase);
  for (const std::string language : {"en", "es"}) {
    for (const auto& [key, message] : messages_of(language)) {
      if (key.starts_with("text."))
        EXPECT_FALSE(std::regex_search(message, link)) << language << " " << key << ": " << message;
    }
  }
}

// No mail signs anybody in: the only ways out of one are the pages that ask (/link/…), the page that checks the mail
// (/genuine), and the bare address that is named so that people know it.
TEST(ShippedWords, MailsHoldNoLinkButToPagesThatAsk) {
  for (const std::string language : {"en", "es"}) {
    for (const auto& [key, message] : messages_of(language)) {
      if (!key.starts_with("mail.")) continue;
      const auto place = language + " " + key + ": " + message;
      EXPECT_FALSE(std::regex_search(message, std::regex("https?:|www\\.|://", std::regex::icase))) << place;
      const std::regex origin(R"(\{origin\}(\{link\}(?![\w/?])|/genuine(?![\w/?])|(?![\w/?{])))");
      const std::string name = "{origin}";
      for (auto at = message.find(name); at != std::string::npos; at = message.find(name, at + 1)) {
        const auto rest = message.substr(at);
        EXPECT_TRUE(std::regex_search(rest, origin, std::regex_constants::match_continuous)) << place;
      }
      const auto link = message.find("{link}");
      EXPECT_TRUE(link == std::string::npos || message.substr(0, link).ends_with("{origin}")) << place;
    }
  }
}

// What somebody's mother was called stands in registers and is sold in lists: it proves nobody.
TEST(ShippedWords, Incident_I34_NoKnowledgeQuestionIsAskedOrKept) {
  const std::regex column(R"(^\s+(?:ADD COLUMN )?\w*(hint|question|answer)(s|_\w+)?\s+(BYTES|TEXT))",
                          std::regex::icase);
  for (const auto& entry : fs::directory_iterator(kSource / "migrations")) {
    if (entry.path().extension() != ".sql") continue;
    std::istringstream lines(contents_of(entry.path()));
    for (std::string line; std::getline(lines, line);) {
      EXPECT_FALSE(std::regex_search(line, column)) << entry.path() << ": " << line;
    }
  }
  const std::regex question(
      "security question|maiden name|first pet|password hint|pregunta de seguridad|apellido de soltera",
      std::regex::icase);
  for (const std::string language : {"en", "es"}) {
    for (const auto& [key, message] : messages_of(language)) {
      EXPECT_FALSE(std::regex_search(message, question)) << language << " " << key << ": " << message;
    }
  }
}

TEST(ShippedWords, ListNoPrefixThatNothingBuildsOn) {
  const auto keys = english_keys();
  for (const std::string& prefix : run_time_prefixes()) {
    EXPECT_TRUE(prefix.ends_with('.')) << prefix;
    EXPECT_TRUE(std::ranges::any_of(keys, [&](const std::string& key) { return key.starts_with(prefix); }))
        << "tests/lint/locale_prefixes.txt: no key begins with " << prefix;
  }
}

}  // namespace
}  // namespace waymark::catalogue
