#include "catalogue/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace waymark::catalogue {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kForm = R"json({
  "form": "X-1",
  "title": {"en": "Application", "es": "Solicitud"},
  "short_title": {"en": "Short"},
  "source": "8 CFR 1.1",
  "roles": ["applicant"],
  "stages": [
    {"name": "received", "kind": "received", "title": {"en": "Received"}, "explanation": {"en": "E."}, "next": {"en": "N."}},
    {"name": "asked", "kind": "evidence_requested", "detour": true, "title": {"en": "Asked"}, "explanation": {"en": "E."}, "next": {"en": "N."}},
    {"name": "decision", "kind": "decision", "title": {"en": "Decision"}, "explanation": {"en": "E."}, "next": {"en": "N."}}
  ]
}
)json";
constexpr std::string_view kBrand = R"json({
  "agency_name": "Test Agency", "short_name": "Test", "tagline": {"en": "T"}, "receipt_prefix": "TST",
  "time_zone": "America/Chicago", "default_language": "en", "languages": ["en"],
  "phone": "312-555-0100", "phone_hours": {"en": "always"}, "email": "a@test.example",
  "street": "1 Road", "city": "Town", "state": "IL", "postal_code": "00000",
  "privacy": {"en": ["One.", "## Two", "- a", "- b", "Three."]}, "accessibility": {"en": ["A"]}, "contact": {"en": ["C"]}
}
)json";

std::string replaced(std::string_view text, std::string_view what, std::string_view with) {
  std::string out(text);
  const std::size_t at = out.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return out.replace(at, what.size(), with);
}

std::string to_line(const CatalogueProblem& problem) {
  return problem.file + ":" + std::to_string(problem.line) + ": " + problem.reason;
}

std::vector<std::string> problems_of(std::string_view form, std::string_view brand) {
  const CatalogueFile files[] = {{"c/forms/x-1.json", std::string(form)}, {"c/brand.json", std::string(brand)}};
  std::vector<std::string> lines;
  for (const auto& problem : read_catalogue(files).problems) lines.push_back(to_line(problem));
  return lines;
}

TEST(ReadCatalogue, ReadsFormsAndBrand) {
  const CatalogueFile files[] = {{"c/forms/x-1.json", std::string(kForm)}, {"c/brand.json", std::string(kBrand)}};
  const ReadCatalogue read = read_catalogue(files);
  EXPECT_TRUE(read.problems.empty());
  const Form* form = read.catalogue.find_form("X-1");
  ASSERT_NE(form, nullptr);
  EXPECT_EQ(read.catalogue.find_form("X-2"), nullptr);
  EXPECT_EQ(form->title.in("es"), "Solicitud");
  EXPECT_EQ(form->title.in("es-MX"), "Solicitud");
  EXPECT_EQ(form->short_title.in("es"), "Short");
  EXPECT_EQ(form->find_stage("asked")->kind, StageKind::evidence_requested);
  EXPECT_EQ(form->find_stage("other"), nullptr);
  EXPECT_EQ(read.catalogue.brand().privacy.in("en"), "One.\n\n## Two\n\n- a\n- b\n\nThree.");
  EXPECT_EQ(read.catalogue.brand().phone_hours_zone, "America/Chicago");
}

TEST(ReadCatalogue, CountsStepsWithoutDetours) {
  const CatalogueFile files[] = {{"forms/x-1.json", std::string(kForm)}};
  const Catalogue catalogue = read_catalogue(files).catalogue;
  const Form& form = *catalogue.find_form("X-1");
  EXPECT_EQ(form.count_steps(), 2);
  EXPECT_EQ(form.step_of("received"), 1);
  EXPECT_EQ(form.step_of("asked"), 1);
  EXPECT_EQ(form.step_of("decision"), 2);
  EXPECT_EQ(form.step_of("other"), 0);
}

TEST(ReadCatalogue, NamesEveryProblemWithItsLineAtOnce) {
  std::string form = replaced(kForm, R"("explanation": {"en": "E."})", R"("explanation": {"es": "E."})");
  form = replaced(form, R"("detour": true)", R"("detuor": true)");
  form = replaced(form, R"("kind": "decision")", R"("kind": "end")");
  EXPECT_THAT(problems_of(form, replaced(kBrand, "America/Chicago", "America/Springfield")),
              testing::UnorderedElementsAre("c/brand.json:3: time_zone is not an IANA time zone",
                                            "c/forms/x-1.json:8: stage \"received\": explanation has no English text",
                                            "c/forms/x-1.json:9: stage \"asked\": detuor is unknown here",
                                            "c/forms/x-1.json:10: stage \"decision\": kind \"end\" is no kind of stage",
                                            "c/forms/x-1.json:7: stages has no stage of the kind \"decision\""));
}

TEST(ReadCatalogue, RefusesWhatCannotBeRight) {
  EXPECT_THAT(problems_of(replaced(kForm, "\"X-1\"", "\"X-2\""), kBrand),
              ElementsAre("c/forms/x-1.json:2: form is X-2, which belongs in x-2.json"));
  EXPECT_THAT(problems_of(replaced(kForm, "\"asked\"", "\"received\""), kBrand),
              ElementsAre("c/forms/x-1.json:7: stages has the stage \"received\" twice"));
  EXPECT_THAT(problems_of(replaced(kForm, "[\"applicant\"]", "[\"owner\"]"), kBrand),
              ElementsAre("c/forms/x-1.json:6: roles has the unknown role \"owner\""));
  EXPECT_THAT(problems_of(replaced(kForm, "\"source\"", "\"form\""), kBrand),
              Contains("c/forms/x-1.json:5: \"form\" stands twice in one object"));
  EXPECT_THAT(problems_of(kForm, replaced(kBrand, "\"TST\"", "\"Tst\"")),
              ElementsAre("c/brand.json:2: receipt_prefix is not three capital letters"));
  EXPECT_THAT(problems_of(kForm, replaced(kBrand, "\"default_language\": \"en\"", "\"default_language\": \"fr\"")),
              ElementsAre("c/brand.json:3: default_language is not one of the languages"));
  EXPECT_THAT(problems_of("{\n\"form\": }", kBrand), Contains(HasSubstr("c/forms/x-1.json:2: not JSON here")));
  EXPECT_THAT(problems_of("[]", kBrand), Contains("c/forms/x-1.json:1: an object is expected"));
}

TEST(ReadCatalogue, RefusesColoursThatCannotBeRead) {
  const auto with_color = [](std::string_view colors) {
    return replaced(kBrand, "\"street\"", "\"colors\": {" + std::string(colors) + "},\n  \"street\"");
  };
  EXPECT_THAT(problems_of(kForm, with_color(R"("way": "#0B5563", "way-dark": "#6CC3D2")")), ElementsAre());
  EXPECT_THAT(problems_of(kForm, with_color(R"("way": "#9AB5BC")")),
              Contains(HasSubstr("c/brand.json:5: colors way on paper has a contrast of 2.")));
  EXPECT_THAT(problems_of(kForm, with_color(R"("way-dark": "#0B5563")")),
              Contains(HasSubstr("way-dark on paper-dark")));
  EXPECT_THAT(problems_of(kForm, with_color(R"("way": "teal")")), Contains(HasSubstr("colors/way is not of the form")));
  EXPECT_THAT(problems_of(kForm, with_color(R"("glow": "#000000")")),
              Contains(HasSubstr("colors/glow is not a colour")));
}

TEST(ReadCatalogue, NeedsABrandAndAForm) {
  std::vector<std::string> lines;
  for (const auto& problem : read_catalogue({}).problems) lines.push_back(to_line(problem));
  EXPECT_THAT(lines, ElementsAre("brand.json:0: is missing: the agency needs a name", "forms/:0: holds no form"));
}

TEST(ReadCatalogue, AnAgencysOwnFileTakesThePlaceOfTheShippedOne) {
  const CatalogueFile files[] = {{"catalogue/us/forms/x-1.json", std::string(kForm)},
                                 {"catalogue/demo/brand.json", std::string(kBrand)},
                                 {"/etc/agency/brand.json", replaced(kBrand, "Test Agency", "Our Agency")},
                                 {"/etc/agency/forms/x-1.json", replaced(kForm, "\"Application\"", "\"Ours\"")},
                                 {"/etc/agency/people.json", "not the catalogue's"}};
  const ReadCatalogue read = read_catalogue(files);
  EXPECT_TRUE(read.problems.empty());
  EXPECT_EQ(read.catalogue.brand().agency_name, "Our Agency");
  EXPECT_EQ(read.catalogue.forms().size(), 1U);
  EXPECT_EQ(read.catalogue.find_form("X-1")->title.in("en"), "Ours");
}

TEST(ReadCatalogue, AnAgencysOwnArticleTakesThePlaceOfTheShippedOne) {
  const auto article = [](const std::string& title) {
    return "---\ntitle: " + title + "\ntopic: case\norder: 1\nsummary: S.\n---\n\nWords of {agency}.\n";
  };
  const CatalogueFile files[] = {{"forms/x-1.json", std::string(kForm)},
                                 {"brand.json", std::string(kBrand)},
                                 {"catalogue/us/help/en/a.md", article("Shipped")},
                                 {"catalogue/us/help/en/b.md", article("Other")},
                                 {"/etc/agency/help/en/a.md", article("Ours")},
                                 {"/etc/agency/help/README.md", "not the catalogue's"},
                                 {"/etc/agency/README.md", "nor this"}};
  const ReadCatalogue read = read_catalogue(files);
  EXPECT_TRUE(read.problems.empty());
  ASSERT_EQ(read.catalogue.help_articles().size(), 2U);
  ASSERT_NE(read.catalogue.find_help_article("a"), nullptr);
  EXPECT_EQ(read.catalogue.find_help_article("a")->in("en").title, "Ours");
  EXPECT_EQ(plain_text(read.catalogue.find_help_article("a")->in("en").blocks[0].lines[0]), "Words of Test Agency.");
  EXPECT_EQ(read.catalogue.find_help_article("c"), nullptr);
}

TEST(ReadCatalogue, ReadsPlacesAndPhoneCountries) {
  const CatalogueFile files[] = {
      {"forms/x-1.json", std::string(kForm)},
      {"brand.json", std::string(kBrand)},
      {"places.json", R"([{"id": "a", "name": "A", "street": "1", "city": "C", "state": "IL", "postal_code": "0",
                           "time_zone": "America/Chicago", "directions": {"en": "D"}},
                          {"id": "a"}])"},
      {"phone_countries.json", R"([{"region": "US", "calling_code": "1", "name": {"en": "United States"}},
                                   {"region": "usa", "calling_code": "01", "name": {"en": "X"}}])"}};
  const ReadCatalogue read = read_catalogue(files);
  EXPECT_EQ(read.catalogue.find_place("a")->name, "A");
  EXPECT_EQ(read.catalogue.phone_countries()[0].calling_code, "1");
  std::vector<std::string> lines;
  for (const auto& problem : read.problems) lines.push_back(to_line(problem));
  EXPECT_THAT(lines, Contains("places.json:3: place \"a\": id stands twice"));
  EXPECT_THAT(lines, Contains("phone_countries.json:2: country \"usa\": calling_code is not one to three digits"));
  EXPECT_THAT(lines, Contains("phone_countries.json:2: country \"usa\": region is not two capital letters"));
}

TEST(ReceiptNumber, IsReadAsPeopleTypeIt) {
  EXPECT_EQ(parse_receipt_number("NPT2690001234"), "NPT2690001234");
  EXPECT_EQ(parse_receipt_number(" npt-26-900-01234 "), "NPT2690001234");
  EXPECT_EQ(parse_receipt_number("NPT\u00A0269\u20110001234"), "NPT2690001234");
  EXPECT_EQ(parse_receipt_number("NPT269000123"), std::nullopt);
  EXPECT_EQ(parse_receipt_number("NP12690001234"), std::nullopt);
  EXPECT_EQ(parse_receipt_number("NPT26900012345"), std::nullopt);
  EXPECT_EQ(parse_receipt_number("NPT269000123x"), std::nullopt);
  EXPECT_EQ(parse_receipt_number(""), std::nullopt);
  EXPECT_EQ(parse_receipt_number(std::string(1000, ' ') + "NPT2690001234"), std::nullopt);
}

}  // namespace
}  // namespace waymark::catalogue
