#include <gmock/gmock.h>

#include "features/help/guides.hpp"
#include "support/help_bed.hpp"

namespace waymark::help {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class HelpPages : public testing::HelpContract {
 protected:
  web::Response get(const std::string& target, const std::string& language = "en") {
    auto browser = this->browser();
    browser.accept_language = language;
    return browser.get(target);
  }
  std::int64_t count_rows() {
    constexpr db::Query kCount{"test.rows",
                               "SELECT (SELECT COUNT(*) FROM help_votes) + (SELECT COUNT(*) FROM audit) + "
                               "(SELECT COUNT(*) FROM throttles)"};
    return *database().snapshot()->find(kCount, {}, [](const db::Row& row) { return row.integer(0); });
  }
};
ON_BOTH_DATABASES(HelpPages);

TEST_P(HelpPages, ListEveryArticleByTopic) {
  const auto page = get("/help");
  EXPECT_EQ(page.status, 200);
  for (const auto& article : bed().accounts_bed.catalogue.help_articles()) {
    EXPECT_THAT(page.body, HasSubstr(fmt::format("href=\"/help/{}\"", article.name)));
    EXPECT_EQ(get("/help/" + article.name).status, 200);
    EXPECT_EQ(get("/help/" + article.name, "es").status, 200);
  }
  for (const auto problem : kProblems) EXPECT_THAT(page.body, HasSubstr(fmt::format("href=\"/help/fix/{}\"", problem)));
  EXPECT_THAT(page.body, HasSubstr("<footer"));
  EXPECT_EQ(count_rows(), 0) << "a GET writes nothing";
}

TEST_P(HelpPages, DrawAnArticleInTheReadersLanguage) {
  const auto english = get("/help/backup-codes");
  EXPECT_THAT(english.body, HasSubstr("<h1>Backup codes</h1>"));
  EXPECT_THAT(english.body, HasSubstr("<ol><li>Go to <a href=\"/sign-in\">Sign in</a>"));
  EXPECT_THAT(get("/help/two-factor").body, HasSubstr("<strong>A passkey</strong>"));
  EXPECT_THAT(get("/help/connecting-a-case").body, HasSubstr("It begins with NPT"));
  EXPECT_THAT(get("/help/backup-codes", "es").body, HasSubstr("<h1>Códigos de respaldo</h1>"));
  for (const auto* unknown : {"/help/nothing", "/help/fix", "/help/fix/nothing", "/help/fix/lost-phone/nowhere",
                              "/help/backup-codes.css", "/help/en"}) {
    EXPECT_EQ(get(unknown).status, 404) << unknown;
  }
}

TEST_P(HelpPages, FindWhatIsSearchedAndEchoItAsTextUncompressed) {
  const auto page = get("/help/search?q=passky");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("href=\"/help/passkeys\""));
  EXPECT_THAT(page.body, HasSubstr("value=\"passky\""));
  EXPECT_FALSE(page.may_compress) << "it repeats what was typed";
  EXPECT_TRUE(get("/help").may_compress);
  const auto evil = get("/help/search?q=%22%3E%3Cimg%20onerror%3Dqqqq%3E");
  EXPECT_THAT(evil.body, Not(HasSubstr("<img")));
  EXPECT_THAT(evil.body, HasSubstr("We found nothing for these words"));
  EXPECT_THAT(evil.body, HasSubstr("href=\"/help/ask\""));
  EXPECT_THAT(get("/help/search?q=" + std::string(101, 'a')).body, HasSubstr("Please use fewer words"));
  EXPECT_THAT(get("/help/search?q=" + std::string(101, 'a')).body, HasSubstr("maxlength=\"100\" value=\"\">"));
  EXPECT_EQ(get("/help/search").status, 200);
  EXPECT_EQ(get("/help/search?q=%ff").status, 200);
  EXPECT_THAT(get("/help/search?q=llave", "es").body, HasSubstr("href=\"/help/passkeys\""));
  EXPECT_EQ(count_rows(), 0) << "a query is written nowhere";
}

TEST_P(HelpPages, GuideStepByStepToWhatCanBeDone) {
  for (const auto& step : guide_steps()) {
    const auto page = get(guide_path(step.problem, step.name));
    ASSERT_EQ(page.status, 200) << step.problem << " " << step.name;
    for (const auto& answer : step.answers) {
      EXPECT_THAT(page.body, HasSubstr(fmt::format("href=\"{}\"", guide_path(step.problem, answer.to))));
    }
  }
}

class ContactPages : public testing::HelpContract {
 protected:
  // The clock stands on Monday, 23 November 2026, ten in the morning in New York.
  web::Response contact(std::chrono::hours later, const std::string& language = "en") {
    clock().move(later);
    auto browser = this->browser();
    browser.accept_language = language;
    auto page = browser.get("/contact");
    clock().move(-later);
    return page;
  }
  std::vector<std::pair<std::string, std::string>> typed() {
    return {{"name", "Ana Morales"}, {"phone_country", "US"}, {"phone", "555 555 0123"}, {"time", "any"},
            {"language", "en"},      {"other_language", ""},  {"topic", "access"}};
  }
};
ON_BOTH_DATABASES(ContactPages);

TEST_P(ContactPages, SayWhetherSomebodyAnswersNow) {
  using std::chrono::hours;
  EXPECT_THAT(contact(hours{0}).body, HasSubstr("Open now"));
  EXPECT_THAT(contact(hours{0}).body, HasSubstr("until 6:00"));
  EXPECT_THAT(contact(hours{9}).body, HasSubstr("Closed now"));
  const auto holiday = contact(hours{72}).body;
  EXPECT_THAT(holiday, HasSubstr("Closed today: Thanksgiving"));
  EXPECT_THAT(holiday, HasSubstr("Friday, 27 November 2026, 8:00"));
  EXPECT_THAT(contact(hours{72}, "es").body, HasSubstr("Hoy cerrado: Día de Acción de Gracias"));
}

TEST_P(ContactPages, ShowWaysHoursPlaceAndHolidays) {
  const auto page = contact({}).body;
  for (const auto* text : {"tel:212-555-0142", "mailto:help@northport.example", "200 Harbor Street", "Monday",
                           "8:00 am to 6:00 pm", "Saturday", "New York time", "Thanksgiving", "English and Spanish",
                           "href=\"/contact/call-back\"", "If you are in danger"}) {
    EXPECT_THAT(page, HasSubstr(text));
  }
}

TEST_P(ContactPages, TakeACallBackAndGiveAReference) {
  auto browser = this->browser();
  const auto form = browser.get("/contact/call-back");
  EXPECT_THAT(form.body, HasSubstr("Tuesday, 24 November 2026"));
  EXPECT_THAT(form.body, HasSubstr("3 times a day"));
  const auto answer = browser.submit("/contact/call-back", typed());
  ASSERT_EQ(answer.status, 303) << answer.body;
  const auto sent = testing::PageBrowser::location_of(answer);
  EXPECT_THAT(sent, ::testing::MatchesRegex("/contact/call-back/[0-9A-Z-]{9}"));
  const auto page = browser.follow(answer);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr(sent.substr(sent.rfind('/') + 1)));
  EXPECT_THAT(page.body, Not(HasSubstr("Morales")));
  EXPECT_THAT(page.body, Not(HasSubstr("0123")));
  EXPECT_EQ(browser.get("/contact/call-back/0000-0000").status, 404);
}

TEST_P(ContactPages, LoseNothingTypedWhenRefused) {
  auto browser = this->browser();
  auto fields = typed();
  fields[2].second = "12";
  const auto page = browser.submit("/contact/call-back", fields);
  EXPECT_EQ(page.status, 422);
  EXPECT_FALSE(page.may_compress);
  EXPECT_THAT(page.body, HasSubstr("value=\"Ana Morales\""));
  EXPECT_THAT(page.body, HasSubstr("value=\"access\" selected"));
}

class AskPages : public testing::HelpContract {
 protected:
  std::string code_after(const web::Response& answer) {
    EXPECT_EQ(answer.status, 303) << answer.body;
    const auto told = bed().accounts_bed.take_told();
    return told.empty() ? std::string{} : testing::argument_of(told.back(), "code");
  }
};
ON_BOTH_DATABASES(AskPages);

TEST_P(AskPages, GoFromTheAddressToTheReference) {
  auto browser = this->browser();
  EXPECT_EQ(testing::PageBrowser::location_of(browser.get("/help/ask/code")), "/help/ask");
  EXPECT_EQ(browser.submit("/help/ask", {{"email", "nobody"}}).status, 422);
  const auto code = code_after(browser.submit("/help/ask", {{"email", "bo@example.org"}}));
  EXPECT_EQ(testing::PageBrowser::location_of(browser.get("/help/ask/question")), "/help/ask/code");
  const auto wrong = browser.submit("/help/ask/code", {{"code", testing::another_code(code)}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr("This code is not the one"));
  ASSERT_EQ(browser.submit("/help/ask/code", {{"code", code}}).status, 303);
  EXPECT_EQ(testing::PageBrowser::location_of(browser.get("/help/ask/code")), "/help/ask/question");
  const auto empty =
      browser.submit("/help/ask/question", {{"topic", ""}, {"text", "  A <b>question</b>"}, {"receipt_number", "x"}});
  EXPECT_EQ(empty.status, 422);
  EXPECT_THAT(empty.body, HasSubstr("A &lt;b&gt;question"));
  EXPECT_FALSE(empty.may_compress);
  const auto sent =
      browser.submit("/help/ask/question", {{"topic", "access"}, {"text", "A question"}, {"receipt_number", ""}});
  ASSERT_EQ(sent.status, 303) << sent.body;
  const auto page = browser.follow(sent);
  EXPECT_THAT(page.body, HasSubstr("We have your question"));
  EXPECT_THAT(page.body, Not(HasSubstr("bo@example.org")));
  EXPECT_EQ(browser.cookie(std::string(web::kHelpCookie)), "");
  EXPECT_EQ(browser.get("/help/ask/sent/0000-0000").status, 404);
}

TEST_P(AskPages, GiveBackTheTextWhenTheTimeIsOver) {
  auto browser = this->browser();
  const auto code = code_after(browser.submit("/help/ask", {{"email", "bo@example.org"}}));
  ASSERT_EQ(browser.submit("/help/ask/code", {{"code", code}}).status, 303);
  const auto token = testing::PageBrowser::token_in(browser.get("/help/ask/question").body);
  clock().move(kAskingLifetime);
  const auto page = browser.post("/help/ask/question", token, {{"topic", "access"}, {"text", "All my <words>"}});
  EXPECT_EQ(page.status, 409);
  EXPECT_THAT(page.body, HasSubstr("All my &lt;words&gt;"));
  EXPECT_FALSE(page.may_compress);
}

class OfficePages : public testing::HelpContract {};
ON_BOTH_DATABASES(OfficePages);

TEST_P(OfficePages, AreForTheirRolesAlone) {
  struct Row {
    std::string path;
    std::vector<std::string> roles;
  };
  for (const auto& [path, roles] :
       {Row{"/office/callbacks", {"support", "case_officer"}}, Row{"/office/callbacks/1", {"support", "case_officer"}},
        Row{"/office/help-requests", {"support"}}, Row{"/office/help-requests/1", {"support"}}}) {
    EXPECT_EQ(browser().get(path).status, 303) << path;
    for (const auto role : web::kOfficeRoles) {
      const std::string name(web::to_text(role));
      const bool may = std::ranges::find(roles, name) != roles.end();
      const auto status = officer(name).get(path).status;
      EXPECT_EQ(status == 403, !may) << path << " " << name << " " << status;
    }
  }
}

TEST_P(OfficePages, WorkACallBackToItsEnd) {
  auto person = browser();
  const auto asked = person.submit("/contact/call-back", {{"name", "Ana <Morales>"},
                                                          {"phone_country", "US"},
                                                          {"phone", "555 555 0123"},
                                                          {"time", "any"},
                                                          {"language", "other"},
                                                          {"other_language", "Tigrinya"},
                                                          {"topic", "letter"}});
  ASSERT_EQ(asked.status, 303);
  auto first = officer("support");
  const auto queue = first.get("/office/callbacks");
  EXPECT_THAT(queue.body, HasSubstr("A letter, or an access code"));
  EXPECT_THAT(queue.body, Not(HasSubstr("Morales")));
  const auto at = queue.body.find("href=\"/office/callbacks/") + 6;
  const auto path = queue.body.substr(at, queue.body.find('"', at) - at);
  EXPECT_THAT(first.get(path).body, Not(HasSubstr("0123")));
  ASSERT_EQ(first.submit(path, path + "/taking", {}).status, 303);
  const auto mine = first.get(path);
  EXPECT_THAT(mine.body, HasSubstr("Ana &lt;Morales&gt;"));
  EXPECT_THAT(mine.body, HasSubstr("tel:+15555550123"));
  EXPECT_THAT(mine.body, HasSubstr("Tigrinya"));
  auto second = officer("support2");
  const auto theirs = second.get(path);
  EXPECT_THAT(theirs.body, HasSubstr("Another officer has it"));
  EXPECT_THAT(theirs.body, Not(HasSubstr("Morales")));
  EXPECT_EQ(second.submit(path, path + "/taking", {}).status, 409);
  EXPECT_EQ(first.submit(path, path + "/closure", {}).status, 422);
  ASSERT_EQ(first.submit(path, path + "/closure", {{"outcome", "reached"}}).status, 303);
  EXPECT_THAT(first.get("/office/callbacks").body, HasSubstr("Nobody is waiting for a call"));
  EXPECT_EQ(first.get("/office/callbacks/99").status, 404);
}

TEST_P(OfficePages, AnswerAQuestionWithoutLosingWhatWasTyped) {
  auto person = browser();
  ASSERT_EQ(person.submit("/help/ask", {{"email", "bo@example.org"}}).status, 303);
  const auto code = testing::argument_of(bed().accounts_bed.take_told().back(), "code");
  ASSERT_EQ(person.submit("/help/ask/code", {{"code", code}}).status, 303);
  ASSERT_EQ(person.submit("/help/ask/question", {{"topic", "access"}, {"text", "First line\nSecond <line>"}}).status,
            303);
  auto first = officer("support");
  const auto queue = first.get("/office/help-requests");
  EXPECT_THAT(queue.body, Not(HasSubstr("bo@example.org")));
  const auto at = queue.body.find("href=\"/office/help-requests/") + 6;
  const auto path = queue.body.substr(at, queue.body.find('"', at) - at);
  const auto page = first.get(path);
  EXPECT_THAT(page.body, HasSubstr("First line<br>Second &lt;line&gt;"));
  EXPECT_THAT(page.body, HasSubstr("bo@example.org"));
  ASSERT_EQ(first.submit(path, path + "/taking", {}).status, 303);
  const auto refused = first.submit(path, path + "/reply", {{"reply", "See https://x.example"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("See https://x.example</textarea>"));
  EXPECT_EQ(officer("support2").submit(path, path + "/reply", {{"reply", "Mine"}}).status, 409);
  bed().accounts_bed.take_told();
  ASSERT_EQ(first.submit(path, path + "/reply", {{"reply", "Use a backup code."}}).status, 303);
  EXPECT_EQ(testing::argument_of(bed().accounts_bed.take_told().back(), "reply"), "Use a backup code.");
  EXPECT_THAT(first.get(path).body, HasSubstr("The answer that was sent"));
  ASSERT_EQ(first.submit(path, path + "/closure", {}).status, 303);
  EXPECT_THAT(first.get("/office/help-requests").body, HasSubstr("No question is waiting"));
}

}  // namespace
}  // namespace waymark::help
