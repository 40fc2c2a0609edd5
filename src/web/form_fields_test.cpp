#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/page_site.hpp"
#include "web/page.hpp"

namespace waymark::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::PageSite;
using testing::PageVisit;

class Fields : public ::testing::Test {
 protected:
  static FormState refused(std::string field, std::string typed) {
    FormState form;
    form.typed.set(field, std::move(typed));
    form.failure = Failure{.message = {"web.error.check_answers", {}}};
    form.failure->fields.push_back({std::move(field), {"web.nav.cases", {}}});
    return form;
  }

  PageSite site_;
  PageVisit visit_{site_};
  Exchange& exchange_ = visit_.exchange;
  FormState empty_;
};

TEST_F(Fields, TieHintAndMessageToTheInput) {
  const auto html =
      text_field(exchange_, refused("email", "ana@"), {.name = "email", .label = "Email", .hint = "Yours"});
  EXPECT_THAT(html.text(), HasSubstr("<label for=\"email\">Email</label>"));
  EXPECT_THAT(html.text(), HasSubstr("aria-describedby=\"email-hint email-error\""));
  EXPECT_THAT(html.text(), HasSubstr("aria-invalid=\"true\""));
  EXPECT_THAT(html.text(), HasSubstr("id=\"email-error\"><span class=\"sr\">Error:</span> Your cases</p>"));
}

TEST_F(Fields, KeepWhatWasTypedEscaped) {
  const auto html =
      text_field(exchange_, refused("email", "\"><b>"), {.name = "email", .label = "Email", .value = "first"});
  EXPECT_THAT(html.text(), HasSubstr("value=\"&quot;&gt;&lt;b&gt;\""));
  EXPECT_THAT(html.text(), Not(HasSubstr("first")));
}

TEST_F(Fields, StartWithTheGivenValueUntilSomethingIsTyped) {
  const auto html = text_field(exchange_, empty_, {.name = "email", .label = "Email", .value = "first"});
  EXPECT_THAT(html.text(), HasSubstr("value=\"first\""));
  FormState cleared;
  cleared.typed.set("email", "");
  EXPECT_THAT(text_field(exchange_, cleared, {.name = "email", .label = "Email", .value = "first"}).text(),
              Not(HasSubstr("first")));
}

TEST_F(Fields, SayWhatIsOptional) {
  EXPECT_THAT(text_field(exchange_, empty_, {.name = "phone", .label = "Phone", .is_required = false}).text(),
              HasSubstr("(optional)"));
  const auto required = text_field(exchange_, empty_, {.name = "phone", .label = "Phone"}).text();
  EXPECT_THAT(required, Not(HasSubstr("(optional)")));
  EXPECT_THAT(required, HasSubstr(" required"));
}

TEST_F(Fields, OfCodesAreNotSpellCheckedAndStayLeftToRight) {
  const auto html = text_field(exchange_, empty_,
                               {.name = "code",
                                .label = "Code",
                                .autocomplete = "one-time-code",
                                .inputmode = "numeric",
                                .size_max = 6,
                                .is_code = true});
  for (const auto* part : {"spellcheck=\"false\"", "autocapitalize=\"none\"", "dir=\"ltr\"", "maxlength=\"6\"",
                           "autocomplete=\"one-time-code\"", "inputmode=\"numeric\"", "data-code=\"0\""}) {
    EXPECT_THAT(html.text(), HasSubstr(part));
  }
}

TEST_F(Fields, OfPasswordsNeverKeepTheirValue) {
  const auto html = password_field(exchange_, refused("password", "a secret sentence"),
                                   {.name = "password", .label = "Password", .autocomplete = "current-password"});
  EXPECT_THAT(html.text(), Not(HasSubstr("a secret sentence")));
  EXPECT_THAT(html.text(), HasSubstr("type=\"password\""));
  EXPECT_THAT(html.text(), HasSubstr("type=\"button\" hidden data-show=\"password\""));
}

TEST_F(Fields, OfSelectsAndRadiosMarkTheChoice) {
  const std::vector<Choice> choices{{"en", "English"}, {"es", "Español"}};
  FormState form;
  form.typed.set("language", "es");
  EXPECT_THAT(select_field(exchange_, form, {.name = "language", .label = "Language"}, choices).text(),
              HasSubstr("<option value=\"es\" selected>"));
  const auto radios = radio_field(exchange_, form, {.name = "language", .label = "Language"}, choices).text();
  EXPECT_THAT(radios, HasSubstr("id=\"language\" name=\"language\" value=\"en\" required>"));
  EXPECT_THAT(radios, HasSubstr("id=\"language-2\" name=\"language\" value=\"es\" checked"));
}

TEST_F(Fields, OfChecksSendYesAndRememberIt) {
  FormState form;
  form.typed.set("agree", "yes");
  EXPECT_THAT(check_field(exchange_, form, {.name = "agree", .label = "I agree"}).text(),
              HasSubstr("value=\"yes\" checked"));
  EXPECT_THAT(check_field(exchange_, empty_, {.name = "agree", .label = "I agree"}).text(), Not(HasSubstr("checked")));
}

}  // namespace
}  // namespace waymark::web
