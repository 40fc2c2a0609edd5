// The data files that describe an agency's forms, stages and brand: read once at start, checked with file, line and
// reason, then immutable.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "catalogue/help_article.hpp"
#include "catalogue/opening_hours.hpp"
#include "catalogue/translated.hpp"

namespace waymark::catalogue {

// What a stage is, whatever the form calls it.
enum class StageKind {
  received,
  accepted,
  biometrics,
  review,
  evidence_requested,
  interview,
  transferred,
  decision,
  card,
  oath,
  closed
};

// One step of a form's way.
struct Stage {
  std::string name;  // "biometrics": what the feed says
  StageKind kind{};
  Translated title;        // "Biometrics appointment"
  Translated explanation;  // one or two plain sentences: what happens now, what the person does
  Translated next;         // what usually comes next
  bool is_detour = false;  // not counted among the steps; shown only while (or after) it happened: evidence_requested
};

enum class Outcome { approved, denied, withdrawn, administratively_closed };

struct Form {
  std::string number;              // "I-765"
  Translated title;                // "Work permit application"
  Translated short_title;          // "Work permit"
  std::string source;              // where the form's steps are described: a citation
  std::vector<Stage> stages;       // in order; the ones that count make "step 3 of 8"
  std::vector<std::string> roles;  // who may be a party: "applicant" | "petitioner" | "beneficiary" | …
  // What a petitioner may let the beneficiary see: "history_details" | "evidence" | "appointments".
  std::vector<std::string> beneficiary_consent;

  const Stage* find_stage(std::string_view name) const;
  int count_steps() const;                    // without detours
  int step_of(std::string_view stage) const;  // 1-based; a detour has the step of the last counted one before it
};

struct Place {
  std::string id;  // "northport-asc"
  std::string name, street, city, state, postal_code;
  std::string time_zone;  // IANA
  Translated directions;
};

struct Brand {
  std::string agency_name;  // "Northport Immigration Service"
  std::string short_name;   // "Northport"
  Translated tagline;
  Translated disclaimer;       // "A demonstration. Not a real agency."
  std::string receipt_prefix;  // three letters
  std::string time_zone;       // the agency's
  std::string default_language;
  std::vector<std::string> languages;
  std::string phone, phone_hours_zone;
  Translated phone_hours;
  OpeningHours opening_hours;   // of the phone, in phone_hours_zone; empty: only the words of phone_hours are known
  Translated spoken_languages;  // "English, Spanish, and any other with an interpreter"; may be empty
  std::string email;
  std::string street, city, state, postal_code;
  Translated privacy, accessibility,
      contact;             // paragraphs parted by blank lines; "## " begins a heading, "- " a list item
  std::string quick_exit;  // where the button to leave at once leads: a site that says nothing about its visitor
  std::map<std::string, std::string> colors;  // token name → #RRGGBB, over the theme's own: "way", "way-dark"
  std::string mark_svg;                       // path of the embedded or configured logo; empty: Waymark's own
};

struct PhoneCountry {
  std::string region;        // "US"
  std::string calling_code;  // "1"
  Translated name;
};

class Catalogue {
 public:
  const Form* find_form(std::string_view number) const;
  std::span<const Form> forms() const { return forms_; }
  std::span<const Place> places() const { return places_; }
  const Brand& brand() const { return brand_; }
  const Place* find_place(std::string_view id) const;
  std::span<const PhoneCountry> phone_countries() const { return phone_countries_; }
  // By topic, and in the order of their topic.
  std::span<const HelpArticle> help_articles() const { return help_articles_; }
  const HelpArticle* find_help_article(std::string_view name) const;

 private:
  friend class CatalogueReader;
  std::vector<Form> forms_;
  std::vector<Place> places_;
  std::vector<PhoneCountry> phone_countries_;
  std::vector<HelpArticle> help_articles_;
  Brand brand_;
};

struct CatalogueFile {
  std::string path;
  std::string content;
};
// One thing wrong: "catalogue/us/i-765.json:41: stage "biometrics": explanation has no English text".
struct CatalogueProblem {
  std::string file;
  int line = 0;
  std::string reason;
};
struct ReadCatalogue {
  Catalogue catalogue;
  std::vector<CatalogueProblem> problems;  // all of them at once; the catalogue is usable only when empty
};
// Files: forms/*.json, help/LANGUAGE/*.md, brand.json, places.json, phone_countries.json; by the last parts of their
// paths. A later file of the same path replaces an earlier one, so an agency's own folder overlays the shipped
// catalogue.
ReadCatalogue read_catalogue(std::span<const CatalogueFile> files);
// "NPT2690001234": three capital letters, ten digits.
bool is_receipt_number(std::string_view text);
// What was typed, as one of them. Typed blanks and dashes are dropped, letters made capital.
std::optional<std::string> parse_receipt_number(std::string_view typed);

}  // namespace waymark::catalogue
