// Reads a JSON object member by member and notes every problem with its line, instead of stopping at the first.
#pragma once

#include <boost/json/value.hpp>

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/catalogue.hpp"
#include "catalogue/json_lines.hpp"

namespace waymark::catalogue {

// Where problems of one file go. The content must be JSON; a member that stands twice is a problem already.
class ProblemSink {
 public:
  ProblemSink(std::string file, std::string_view content, std::vector<CatalogueProblem>& problems)
      : file_(std::move(file)), lines_(content), problems_(problems) {
    for (const auto& [name, line] : lines_.duplicates())
      add_at_line(line, "\"" + name + "\" stands twice in one object");
  }

  void add(std::string_view pointer, std::string reason);
  void add_at_line(int line, std::string reason);

 private:
  std::string file_;
  JsonLines lines_;
  std::vector<CatalogueProblem>& problems_;
};

// A view of one object; the value and the sink outlive it. Reading a member that is missing or of another kind notes a
// problem and gives an empty value, so that reading goes on.
class JsonObject {
 public:
  JsonObject(const boost::json::value& value, std::string pointer, std::string what, ProblemSink& sink);

  // Names the object in problems: `stage "biometrics"`.
  void call(std::string what) { what_ = std::move(what); }

  bool has(std::string_view key) const;
  std::string text(std::string_view key);  // required, not blank
  std::string text_or(std::string_view key, std::string_view otherwise);
  bool flag_or(std::string_view key, bool otherwise);
  std::vector<std::string> texts(std::string_view key);  // required, at least one, none twice
  Translated translated(std::string_view key);           // required, with English
  Translated translated_or_none(std::string_view key);
  Translated prose(std::string_view key);                 // required; each language a list of paragraphs
  std::vector<JsonObject> objects(std::string_view key);  // required, at least one
  std::map<std::string, std::string> text_map_or_none(std::string_view key);

  // A problem of one member, or of the whole object when the key is empty.
  void problem(std::string_view key, std::string reason);
  // The last call: members that nothing asked for are misspelt.
  void refuse_unknown();

 private:
  const boost::json::value* member(std::string_view key, bool is_required);
  std::string pointer_to(std::string_view key) const;
  Translated read_translated(std::string_view key, bool is_required, bool is_prose);

  const boost::json::object* object_ = nullptr;
  std::string pointer_;
  std::string what_;
  ProblemSink* sink_;
  std::set<std::string, std::less<>> asked_;
};

// The objects of a file that is one array.
std::vector<JsonObject> objects_of_array(const boost::json::value& value, std::string_view what, ProblemSink& sink);

}  // namespace waymark::catalogue
