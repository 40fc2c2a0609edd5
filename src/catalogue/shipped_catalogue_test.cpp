// The shipped data itself: what the reader accepts may still be incomplete, or tell a story that doesn't hold together.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/text.hpp"
#include "catalogue/catalogue.hpp"
#include "catalogue/demo_dates.hpp"

namespace waymark::catalogue {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

const fs::path kSource = WAYMARK_SOURCE_DIR;

std::string contents_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

ReadCatalogue read_folders(const std::vector<std::string>& folders) {
  std::vector<CatalogueFile> files;
  for (const std::string& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(kSource / "catalogue" / folder)) {
      const auto kind = entry.path().extension();
      if (kind == ".json" || kind == ".md") files.push_back({entry.path().string(), contents_of(entry.path())});
    }
  }
  ReadCatalogue read = read_catalogue(files);
  for (const auto& problem : read.problems) {
    ADD_FAILURE() << problem.file << ":" << problem.line << ": " << problem.reason;
  }
  return read;
}

void expect_both_languages(const Translated& text, const std::string& where) {
  for (const char* language : {"en", "es"})
    EXPECT_TRUE(text.by_language.contains(language)) << where << " " << language;
}

TEST(ShippedCatalogue, HoldsTheCommonFormsInBothLanguages) {
  const Catalogue catalogue = read_folders({"us", "demo"}).catalogue;
  for (const char* number : {"I-129", "I-130", "I-131", "I-140", "I-485", "I-539", "I-589", "I-751", "I-765", "I-90",
                             "I-129F", "I-821D", "N-400", "N-600"}) {
    EXPECT_NE(catalogue.find_form(number), nullptr) << number;
  }
  for (const Form& form : catalogue.forms()) {
    SCOPED_TRACE(form.number);
    expect_both_languages(form.title, "title");
    expect_both_languages(form.short_title, "short_title");
    EXPECT_THAT(form.source, testing::HasSubstr("8 CFR "));
    EXPECT_EQ(form.stages.front().kind, StageKind::received);
    EXPECT_NE(form.find_stage("evidence_requested"), nullptr);
    for (const Stage& stage : form.stages) {
      for (const Translated* text : {&stage.title, &stage.explanation, &stage.next}) {
        expect_both_languages(*text, stage.name);
      }
    }
  }
  EXPECT_EQ(catalogue.find_form("N-400")->count_steps(), 7);
  EXPECT_NE(catalogue.find_form("N-400")->find_stage("oath"), nullptr);
}

// Words in the longest sentence: long ones are what makes a text hard.
std::size_t longest_sentence(std::string_view text) {
  std::size_t longest = 0;
  std::size_t words = 0;
  for (const std::string_view word : split(text, ' ')) {
    ++words;
    longest = std::max(longest, words);
    if (word.ends_with('.') || word.ends_with(':') || word.ends_with('?')) words = 0;
  }
  return longest;
}

TEST(ShippedCatalogue, SpeaksInShortSentences) {
  for (const Form& form : read_folders({"us", "demo"}).catalogue.forms()) {
    for (const Stage& stage : form.stages) {
      for (const char* language : {"en", "es"}) {
        EXPECT_LE(longest_sentence(stage.explanation.in(language)), 30U) << form.number << " " << stage.name;
        EXPECT_LE(longest_sentence(stage.next.in(language)), 30U) << form.number << " " << stage.name;
      }
    }
  }
}

TEST(ShippedCatalogue, HelpsInBothLanguagesAndShortSentences) {
  const auto catalogue = read_folders({"us", "demo"}).catalogue;
  EXPECT_GE(catalogue.help_articles().size(), 14U);
  for (const auto& article : catalogue.help_articles()) {
    EXPECT_EQ(article.by_language.size(), 2U) << article.name;
    for (const auto& [language, text] : article.by_language) {
      SCOPED_TRACE(article.name + " " + language);
      EXPECT_TRUE(text.summary.ends_with('.'));
      EXPECT_LE(longest_sentence(text.summary), 30U);
      EXPECT_FALSE(text.keywords.empty());
      for (const auto& block : text.blocks) {
        for (const auto& line : block.lines) EXPECT_LE(longest_sentence(plain_text(line)), 30U) << plain_text(line);
      }
    }
  }
}

TEST(ShippedCatalogue, KnowsWhenTheDemosPhoneIsAnswered) {
  const auto brand = read_folders({"us", "demo"}).catalogue.brand();
  EXPECT_FALSE(brand.opening_hours.empty());
  EXPECT_GE(brand.opening_hours.holidays.size(), 10U);
  for (const auto& holiday : brand.opening_hours.holidays) expect_both_languages(holiday.name, to_iso(holiday.day));
  expect_both_languages(brand.spoken_languages, "spoken_languages");
}

TEST(ShippedCatalogue, OffersPhoneCountriesByName) {
  const Catalogue catalogue = read_folders({"us", "demo"}).catalogue;
  EXPECT_GE(catalogue.phone_countries().size(), 40U);
  for (const PhoneCountry& country : catalogue.phone_countries()) expect_both_languages(country.name, country.region);
}

TEST(ShippedCatalogue, AnotherOrganisationsBrandIsAFolder) {
  const Catalogue catalogue = read_folders({"us", "demo", "other-agency-example"}).catalogue;
  EXPECT_EQ(catalogue.brand().agency_name, "Riverbend Legal Aid");
  EXPECT_EQ(catalogue.brand().receipt_prefix, "RLA");
  EXPECT_EQ(catalogue.brand().colors.at("way"), "#6A2C70");
  EXPECT_NE(catalogue.find_form("I-765"), nullptr);
}

class DemoFeed : public testing::Test {
 protected:
  void SetUp() override {
    const std::string text =
        with_demo_dates(contents_of(kSource / "catalogue/demo/feed.ndjson"), today_, catalogue_.brand().time_zone);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) records_.push_back(json::parse(line).as_object());
  }

  static std::string text(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains({key.data(), key.size()});
    return value == nullptr || !value->is_string() ? "" : std::string(value->as_string().c_str());
  }
  std::vector<json::object> of_type(std::string_view type) const {
    std::vector<json::object> out;
    for (const auto& record : records_) {
      if (text(record, "type") == type) out.push_back(record);
    }
    return out;
  }

  const Date today_ = *parse_iso_date("2026-11-23");
  const Catalogue catalogue_ = read_folders({"us", "demo"}).catalogue;
  std::vector<json::object> records_;
};

TEST_F(DemoFeed, KeepsEachCaseInOrderFromItsFirstRecord) {
  std::map<std::string, std::int64_t> last;
  std::set<std::string> names;
  for (const auto& record : records_) {
    const std::string receipt = text(record, "case");
    EXPECT_EQ(parse_receipt_number(receipt), receipt);
    EXPECT_TRUE(receipt.starts_with(catalogue_.brand().receipt_prefix));
    EXPECT_EQ(record.at("sequence").as_int64(), ++last[receipt]) << receipt;
    EXPECT_EQ(record.at("sequence").as_int64() == 1, text(record, "type") == "case") << receipt;
    EXPECT_TRUE(names.insert(text(record, "record")).second);
  }
}

TEST_F(DemoFeed, NamesOnlyWhatTheCatalogueKnows) {
  std::map<std::string, const Form*> forms;
  for (const auto& record : records_) {
    const std::string type = text(record, "type");
    const std::string receipt = text(record, "case");
    SCOPED_TRACE(text(record, "record"));
    if (type == "case") forms[receipt] = catalogue_.find_form(text(record, "form"));
    const Form* form = forms[receipt];
    ASSERT_NE(form, nullptr);
    if (type == "event" && text(record, "kind") == "stage_entered") {
      EXPECT_NE(form->find_stage(text(record, "stage")), nullptr);
    }
    if (type == "party") EXPECT_THAT(form->roles, testing::Contains(text(record, "role")));
    if (type == "appointment") {
      EXPECT_NE(catalogue_.find_place(text(record, "place")), nullptr);
      EXPECT_TRUE(parse_iso_instant(text(record, "starts_at")).has_value());
    }
  }
}

TEST_F(DemoFeed, HoldsNoEventOfTheFuture) {
  std::map<std::string, std::string> last;
  for (const auto& event : of_type("event")) {
    const std::string day = text(event, "occurred_on");
    EXPECT_LE(day, to_iso(today_)) << text(event, "record");
    EXPECT_GE(day, last[text(event, "case")]) << text(event, "record");
    last[text(event, "case")] = day;
  }
}

TEST_F(DemoFeed, MakesThePeopleOfTheReadme) {
  std::map<std::string, int> codes;
  for (const auto& code : of_type("access_code")) ++codes[text(code, "party")];
  EXPECT_EQ(codes["ruth"], 25);
  EXPECT_EQ(codes["ana"], 2);
  std::string due;
  for (const auto& event : of_type("event")) {
    if (text(event, "case") == "NPT2690001002" && text(event, "kind") == "evidence_requested")
      due = text(event, "due_on");
  }
  EXPECT_EQ(due, "2026-12-18");
}

TEST_F(DemoFeed, TheListedPeopleTypeWhatTheFeedHolds) {
  std::map<std::pair<std::string, std::string>, std::string> codes, proofs, names;  // by case and party
  std::set<std::string> withdrawn;
  for (const auto& record : records_) {
    const auto key = std::pair(text(record, "case"), text(record, "party"));
    if (text(record, "type") == "party") {
      proofs[key] = text(record.at("second_proof").as_object(), "value");
      const auto* name = record.if_contains("name");
      names[key] = name == nullptr ? text(record, "organisation")
                                   : text(name->as_object(), "given") + " " + text(name->as_object(), "family");
    }
    if (text(record, "type") != "access_code") continue;
    if (text(record, "state") == "withdrawn")
      withdrawn.insert(codes[key]);
    else
      codes[key] = text(record, "code");
  }
  const auto people = json::parse(contents_of(kSource / "catalogue/demo/people.json"));
  std::size_t longest_name = 0;
  for (const auto& value : people.as_array()) {
    const auto& person = value.as_object();
    SCOPED_TRACE(text(person, "name"));
    longest_name = std::max(longest_name, count_code_points(text(person, "name")));
    const auto is_code = [&](const auto& entry) {
      return entry.first.first == text(person, "receipt_number") && entry.second == text(person, "access_code");
    };
    const auto found = std::ranges::find_if(codes, is_code);
    ASSERT_NE(found, codes.end());
    EXPECT_EQ(proofs[found->first], text(person, "second_proof"));
    EXPECT_EQ(names[found->first], text(person, "name"));
    EXPECT_EQ(withdrawn.contains(found->second), text(person, "code_state") == "withdrawn");
    EXPECT_THAT(found->second,
                testing::MatchesRegex("[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}"));
  }
  EXPECT_EQ(longest_name, 60U);
}

}  // namespace
}  // namespace waymark::catalogue
