// The pages of both sides, by browsers without scripts.
#include <gtest/gtest.h>

#include <regex>

#include "features/messages/routes.hpp"
#include "support/messages_bed.hpp"
#include "support/page_browser.hpp"
#include "web/cookies.hpp"

namespace waymark::messages {
namespace {

using testing::kMaya;
using testing::kTomas;
using testing::PageBrowser;

// Whoever brings a cookie is the officer of that number.
class ScriptedOfficers final : public web::VisitorSource {
 public:
  explicit ScriptedOfficers(const Clock& clock) : clock_(clock) {}
  web::Visitor find_visitor(const web::Request& request, db::Snapshot&) override {
    for (const auto& seat : {kTomas, kMaya}) {
      if (request.cookie(web::kOfficeCookie) != std::to_string(seat.officer.value)) continue;
      const auto now = clock_.now();
      return {.standing = web::Standing::signed_in,
              .csrf_secret = fmt::format("the secret of officer {}", seat.officer.value),
              .signed_in_at = now,
              .proved_at = now,
              .idle_ends_at = now + std::chrono::minutes{15},
              .ends_at = now + std::chrono::hours{12},
              .seat = seat};
    }
    return {};
  }

 private:
  const Clock& clock_;
};

class MessagePages : public testing::MessagesContract {
 protected:
  void SetUp() override {
    testing::MessagesContract::SetUp();
    if (IsSkipped()) return;
    officers_ = std::make_unique<ScriptedOfficers>(clock());
    web::Router router;
    add_routes(router, messages());
    add_office_routes(router, messages());
    site_ = std::make_unique<web::Site>(web::Site::Parts{.catalogue = bed_->catalogue,
                                                         .words = bed_->words,
                                                         .database = database(),
                                                         .clock = clock(),
                                                         .random = bed_->random,
                                                         .keys = bed_->keys,
                                                         .metrics = metrics(),
                                                         .visitors = bed_->accounts.sessions,
                                                         .origin = "https://account.northport.example",
                                                         .drafts = &bed_->accounts.drafts,
                                                         .officers = officers_.get(),
                                                         .office_nav = office_navigation()},
                                        std::move(router));
    database().write([&](db::Transaction& tx) {
      for (const auto account : {ana_, ben_}) bed_->accounts.store.set_language(tx, account, "en");
    });
  }
  void TearDown() override {
    site_.reset();
    officers_.reset();
    testing::MessagesContract::TearDown();
  }
  PageBrowser browser_of(AccountId account) {
    auto& sessions = bed_->accounts.sessions;
    const auto key = sessions.make_key({.peer = "203.0.113.9"});
    database().write(
        [&](db::Transaction& tx) { sessions.start_full(tx, key, account, accounts::SharedComputer::no, "totp"); });
    auto browser = stranger();
    browser.set_cookie(std::string(web::kSessionCookie), key.token);
    return browser;
  }
  PageBrowser browser_of(const web::OfficeSeat& seat) {
    auto browser = stranger();
    browser.set_cookie(std::string(web::kOfficeCookie), std::to_string(seat.officer.value));
    return browser;
  }
  PageBrowser stranger() { return PageBrowser(*site_, std::string(site_->authority())); }

  using Fields = std::vector<std::pair<std::string, std::string>>;
  static std::string hidden(const std::string& page, const std::string& name) {
    std::smatch found;
    EXPECT_TRUE(std::regex_search(page, found, std::regex("name=\"" + name + "\" value=\"([^\"]*)\""))) << name;
    return found.empty() ? std::string() : found[1].str();
  }
  // Fills in the form of the page as a browser does, with its hidden field.
  web::Response send(PageBrowser& browser, const std::string& page, Fields fields, const std::string& field = "nonce") {
    const auto drawn = browser.get(page);
    if (drawn.status != 200) return drawn;
    fields.emplace_back(field, hidden(drawn.body, field));
    return browser.post(page.substr(0, page.find('?')), PageBrowser::token_in(drawn.body), fields);
  }
  static Fields typed_fields() {
    return {{"topic", "documents"}, {"subject", "My birth certificate"}, {"text", "Which <copy> do you need?"}};
  }
  static bool shows(const web::Response& response, std::string_view text) {
    return response.body.find(text) != std::string::npos;
  }
  static std::string header(const web::Response& response, std::string_view name) {
    for (const auto& [held, value] : response.headers) {
      if (held == name) return value;
    }
    return {};
  }
  static std::string page_of(ThreadId thread) { return fmt::format("/messages/{}", thread.value); }
  static std::string office_page_of(ThreadId thread) { return fmt::format("/office/messages/{}", thread.value); }
  // Without what is drawn anew at each call.
  // What differs by itself: tokens, and the address that was asked for.
  static std::string without_tokens(const web::Response& response, std::optional<ThreadId> asked_for = {}) {
    static const std::regex token("(name=\"csrf\" value=\")[^\"]*");
    auto body = std::regex_replace(response.body, token, "$1");
    if (asked_for) body = std::regex_replace(body, std::regex(std::to_string(asked_for->value)), "4711");
    return body;
  }

  std::unique_ptr<ScriptedOfficers> officers_;
  std::unique_ptr<web::Site> site_;
};

TEST_P(MessagePages, LeadFromNothingToAThreadAndBack) {
  auto ana = browser_of(ana_);
  EXPECT_TRUE(shows(ana.get("/messages"), "No messages yet"));
  const auto empty = send(ana, "/messages/new", {{"subject", "About <b>"}});
  EXPECT_EQ(empty.status, 422);
  EXPECT_TRUE(shows(empty, "Choose what it is about."));
  EXPECT_TRUE(shows(empty, "Write your message."));
  EXPECT_TRUE(shows(empty, "About &lt;b&gt;")) << "what was typed stays";
  const auto sent = send(ana, "/messages/new", typed_fields());
  EXPECT_EQ(sent.status, 303);
  const auto thread = ana.follow(sent);
  EXPECT_TRUE(shows(thread, "Your message is with us."));
  EXPECT_TRUE(shows(thread, "Which &lt;copy&gt; do you need?"));
  EXPECT_TRUE(shows(ana.get("/messages"), "My birth certificate"));
}

TEST_P(MessagePages, WriteAFormThatIsSentTwiceOnce) {
  auto ana = browser_of(ana_);
  const auto drawn = ana.get("/messages/new");
  auto fields = typed_fields();
  fields.emplace_back("nonce", hidden(drawn.body, "nonce"));
  const auto token = PageBrowser::token_in(drawn.body);
  const auto first = ana.post("/messages/new", token, fields);
  const auto second = ana.post("/messages/new", token, fields);
  EXPECT_EQ(first.status, 303);
  EXPECT_EQ(PageBrowser::location_of(first), PageBrowser::location_of(second));
  EXPECT_EQ(count_messages(), 1);
  EXPECT_EQ(ana.follow(send(ana, "/messages/new", typed_fields())).status, 200);
  EXPECT_EQ(count_messages(), 2) << "or the test above shows nothing";
}

TEST_P(MessagePages, AreTheSameNothingForStrangersAndForWhatIsNotThere) {
  const auto thread = begin("0123456789abcdef", kReceipt);
  auto ana = browser_of(ana_);
  EXPECT_TRUE(shows(ana.get(page_of(thread)), "My birth certificate"));
  for (const auto* accept : {"text/html", "application/json"}) {
    auto ben = browser_of(ben_);  // another party of the same case
    const auto token = PageBrowser::token_in(ben.get("/messages/new").body);
    ben.accept = accept;
    const auto other = ben.get(page_of(thread));
    const auto none = ben.get("/messages/4711");
    EXPECT_EQ(other.status, 404);
    EXPECT_EQ(other.headers, none.headers);
    EXPECT_EQ(without_tokens(other, thread), without_tokens(none));
    const Fields fields{{"text", "Hello"}, {"nonce", "0123456789abcdef"}};
    const auto other_post = ben.post(page_of(thread), token, fields);
    EXPECT_EQ(other_post.status, 404);
    EXPECT_EQ(without_tokens(other_post, thread), without_tokens(ben.post("/messages/4711", token, fields)));
  }
  for (const auto* page : {"/messages", "/messages/new", "/messages/4711"}) {
    EXPECT_EQ(stranger().get(page).status, 303) << page;
    EXPECT_EQ(browser_of(kMaya).get(page).status, 303) << page << " for an officer";
  }
}

TEST_P(MessagePages, NameACaseOnlyToWhoMayWriteAboutIt) {
  EXPECT_TRUE(shows(browser_of(ana_).get("/messages/new?case=" + kReceipt), kReceipt));
  EXPECT_FALSE(shows(browser_of(ben_).get("/messages/new?case=" + kReceipt), "name=\"case\""));
  auto ben = browser_of(ben_);
  auto fields = typed_fields();
  fields.emplace_back("case", kReceipt);
  const auto refused = send(ben, "/messages/new", fields);
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(shows(refused, "You can’t write about this case here."))
      << refused.body.substr(refused.body.find("<main"), 900);
  EXPECT_EQ(count_messages(), 0);
}

TEST_P(MessagePages, ShowTheRoleAndTheUnitAndNeverAName) {
  const auto thread = begin();
  EXPECT_TRUE(answer(messages(), kMaya, thread, {.version = 1, .text = "The long one."}).has_value());
  auto ana = browser_of(ana_);
  const auto page = ana.get(page_of(thread));
  EXPECT_TRUE(shows(page, "Case officer, Northport field office"));
  EXPECT_FALSE(shows(page, "Maya"));
  EXPECT_TRUE(shows(ana.get("/messages"), "New answer"));
}

TEST_P(MessagePages, AreReadByARealNavigationAlone) {
  const auto thread = begin();
  EXPECT_TRUE(answer_with(thread, "The long one.").has_value());
  clock().move(std::chrono::minutes{2});
  auto ana = browser_of(ana_);
  const auto unread = [&] { return read(thread).is_unread(); };
  ana.get(page_of(thread));
  EXPECT_TRUE(unread()) << "no word of what asks";
  ana.more_headers = {{"sec-fetch-dest", "empty"}};
  ana.get(page_of(thread));
  EXPECT_TRUE(unread()) << "a script";
  ana.more_headers = {{"sec-fetch-dest", "document"}, {"sec-purpose", "prefetch;prerender"}};
  ana.get(page_of(thread));
  EXPECT_TRUE(unread()) << "fetched ahead";
  ana.more_headers = {{"sec-fetch-dest", "document"}};
  ana.head(page_of(thread));
  EXPECT_TRUE(unread()) << "HEAD";
  auto maya = browser_of(kMaya);
  EXPECT_TRUE(shows(maya.get(office_page_of(thread)), "not read yet"));
  const auto seen = ana.get(page_of(thread));
  EXPECT_FALSE(unread());
  EXPECT_TRUE(shows(maya.get(office_page_of(thread)), "read on Mon"));
  for (const auto* words : {"not read yet", "read on"}) EXPECT_FALSE(shows(seen, words)) << "not for the person";
  EXPECT_FALSE(shows(ana.get("/messages"), "New answer"));
}

TEST_P(MessagePages, KeepWhatWasTypedWhenTheSessionEnded) {
  const auto thread = begin();
  for (const auto& page : {page_of(thread), std::string("/messages/new")}) {
    SCOPED_TRACE(page);
    auto ana = browser_of(ana_);
    const auto drawn = ana.get(page);
    Fields fields = typed_fields();
    fields.emplace_back("nonce", hidden(drawn.body, "nonce"));
    clock().move(accounts::kSessionIdle + std::chrono::seconds{1});
    const auto sent = ana.post(page, PageBrowser::token_in(drawn.body), fields);
    EXPECT_EQ(sent.status, 303);
    EXPECT_TRUE(PageBrowser::location_of(sent).starts_with("/sign-in")) << PageBrowser::location_of(sent);
    EXPECT_EQ(count_messages(), 1);
    auto again = browser_of(ana_);
    const auto kept = again.get(page);
    EXPECT_TRUE(shows(kept, "Which &lt;copy&gt; do you need?"));
    EXPECT_NE(hidden(kept.body, "nonce"), hidden(drawn.body, "nonce"));
  }
}

TEST_P(MessagePages, LoseNothingTypedToALimit) {
  auto ana = browser_of(ana_);
  const auto thread = begin();
  for (int i = 1; i < kMessagesMax; ++i) EXPECT_TRUE(reply_with(thread, "More").has_value());
  for (const auto& page : {page_of(thread), std::string("/messages/new")}) {
    SCOPED_TRACE(page);
    const auto refused = send(ana, page, typed_fields());
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(header(refused, "retry-after"), "3600");
    EXPECT_TRUE(shows(refused, "You have written many messages"));
    EXPECT_TRUE(shows(refused, "Which &lt;copy&gt; do you need?"));
  }
  clock().move(kMessagesCounted);
  for (std::int64_t i = 1; i < kOpenThreadsMax; ++i) begin(nonce());
  auto again = browser_of(ana_);
  const auto refused = send(again, "/messages/new", typed_fields());
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(shows(refused, "Ten of your questions are still open."));
  EXPECT_TRUE(shows(refused, "Which &lt;copy&gt; do you need?"));
}

TEST_P(MessagePages, TakeWhatCantGoOnIntoANewMessage) {
  const auto thread = begin("0123456789abcdef", kReceipt);
  EXPECT_TRUE(answer_with(thread, "Done.", true).has_value());
  auto ana = browser_of(ana_);
  EXPECT_TRUE(shows(ana.get(page_of(thread)), "Your answer opens it again."));
  clock().move(kReopens + std::chrono::milliseconds{1});
  auto later = browser_of(ana_);
  const auto closed = later.get(page_of(thread));
  EXPECT_TRUE(shows(closed, "This exchange is closed"));
  const auto token = PageBrowser::token_in(closed.body);
  // From a page that stood open since before.
  const auto refused =
      later.post(page_of(thread), token, {{"text", "One thing <more>"}, {"nonce", "0123456789abcdefg"}});
  EXPECT_EQ(refused.status, 409);
  EXPECT_TRUE(shows(refused, "One thing &lt;more&gt;"));
  Fields fields{{"text", "One thing <more>"}};
  for (const auto* name : {"nonce", "topic", "subject", "case"}) fields.emplace_back(name, hidden(refused.body, name));
  const auto sent = later.post("/messages/new", token, fields);
  EXPECT_EQ(sent.status, 303);
  EXPECT_TRUE(shows(later.follow(sent), kReceipt));

  connect(std::nullopt, "pat");
  const auto left = later.get(page_of(thread));
  EXPECT_TRUE(shows(left, "You are not on this case any more"));
  EXPECT_FALSE(shows(left, "name=\"case\""));
  EXPECT_FALSE(shows(left, "href=\"/cases/" + kReceipt));
}

TEST_P(MessagePages, OfTheOfficeListWhoWaitsAndWhatWasAnswered) {
  const auto first = begin("0123456789abcdef", kReceipt);
  clock().move(std::chrono::minutes{1});
  auto other = typed(nonce());
  other.subject = "Adresse";
  other.topic = "address";
  other.language = "es";
  const auto second = *begin_thread(messages(), ana_, other);
  auto maya = browser_of(kMaya);
  const auto list = maya.get("/office/messages");
  EXPECT_LT(list.body.find("My birth certificate"), list.body.find("Adresse"));
  EXPECT_TRUE(shows(list, fmt::format("<a data-row-link href=\"{}\"", office_page_of(first))));
  EXPECT_TRUE(shows(list, kReceipt));
  const auto found = [&](const std::string& question) {
    const auto page = maya.get("/office/messages?" + question);
    EXPECT_EQ(page.status, 200) << question;
    return std::pair(shows(page, "My birth certificate"), shows(page, "Adresse"));
  };
  EXPECT_EQ(found("topic=address"), std::pair(false, true));
  EXPECT_EQ(found("language=en"), std::pair(true, false));
  EXPECT_EQ(found("whose=mine"), std::pair(false, false));
  EXPECT_TRUE(assign(messages(), kTomas, second, 1, kMaya.officer).has_value());
  EXPECT_EQ(found("whose=mine"), std::pair(false, true));
  EXPECT_EQ(found("whose=nobodys"), std::pair(true, false));
  EXPECT_TRUE(answer_with(first, "Yes.").has_value());
  EXPECT_EQ(found("state=waiting_for_person"), std::pair(true, false));
  EXPECT_EQ(found("state=closed"), std::pair(false, false));
  EXPECT_EQ(found("whose=x&topic=x&language=x&state=x&after=x&after_id=x"), std::pair(false, true))
      << "what is no filter is none";
}

TEST_P(MessagePages, OfTheOfficeAnswerAndLoseNothingToAnotherOfficer) {
  const auto thread = begin();
  auto maya = browser_of(kMaya);
  const auto drawn = maya.get(office_page_of(thread));
  EXPECT_TRUE(shows(drawn, "Ana Morales"));
  EXPECT_EQ(send(maya, office_page_of(thread), {{"text", " "}}, "version").status, 422);
  EXPECT_TRUE(answer_with(thread, "The long one.").has_value());
  const auto token = PageBrowser::token_in(drawn.body);
  const auto refused = maya.post(office_page_of(thread), token,
                                 {{"text", "The short <one>."}, {"version", hidden(drawn.body, "version")}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(shows(refused, "New since you opened this page"));
  EXPECT_TRUE(shows(refused, "The long one.")) << "what is new";
  EXPECT_TRUE(shows(refused, "The short &lt;one&gt;.")) << "what was typed";
  EXPECT_EQ(written(thread).size(), 2U);
  const auto sent = maya.post(office_page_of(thread), token,
                              {{"text", "The short <one>."}, {"version", hidden(refused.body, "version")}});
  EXPECT_TRUE(shows(maya.follow(sent), "The person is told that there is an answer."));
  EXPECT_EQ(written(thread).size(), 3U);
  const auto closed = send(maya, office_page_of(thread), {{"close", "yes"}}, "version");
  EXPECT_TRUE(shows(maya.follow(closed), "This exchange is closed."));
  EXPECT_EQ(read(thread).state, ThreadState::closed);
  EXPECT_EQ(maya.get("/office/messages/4711").status, 404);
}

TEST_P(MessagePages, OfTheOfficeGiveAThreadToSomebodyAndToNobody) {
  const auto thread = begin();
  auto maya = browser_of(kMaya);
  const auto give = [&](const std::string& to) {
    const auto drawn = maya.get(office_page_of(thread));
    return maya.post(office_page_of(thread) + "/assignment", PageBrowser::token_in(drawn.body),
                     {{"assigned", to}, {"version", hidden(drawn.body, "version")}});
  };
  EXPECT_EQ(give(std::to_string(kMaya.officer.value)).status, 303);
  EXPECT_EQ(read(thread).assigned, kMaya.officer);
  EXPECT_EQ(give(std::to_string(kTomas.officer.value)).status, 303);
  EXPECT_EQ(read(thread).assigned, kTomas.officer);
  EXPECT_EQ(give("4711").status, 422);
  EXPECT_EQ(give("").status, 303);
  EXPECT_EQ(read(thread).assigned, std::nullopt);
}

TEST_P(MessagePages, OfTheOfficePutASavedReplyBelowWhatIsTyped) {
  auto in_spanish = typed(nonce());
  in_spanish.language = "es";
  const auto thread = *begin_thread(messages(), ana_, in_spanish);
  auto tomas = browser_of(kTomas);
  EXPECT_EQ(browser_of(kMaya).get("/office/replies").status, 403);
  EXPECT_EQ(tomas.submit("/office/replies/new", {{"title", "Copies"}, {"text_en", "The long one."}}).status, 422);
  EXPECT_EQ(tomas
                .submit("/office/replies/new",
                        {{"title", "Copies"}, {"text_en", "The long one."}, {"text_es", "La versión larga."}})
                .status,
            303);
  EXPECT_TRUE(shows(tomas.get("/office/replies"), "Copies"));
  const auto reply = list_replies(*database().snapshot()).at(0);
  const auto drawn = tomas.get(office_page_of(thread));
  const auto version = hidden(drawn.body, "version");
  const auto insert = [&](const std::string& id) {
    return tomas.post(office_page_of(thread), PageBrowser::token_in(drawn.body),
                      {{"text", "Buenos días."}, {"reply", id}, {"act", "insert"}, {"version", version}});
  };
  EXPECT_TRUE(shows(insert(std::to_string(reply.id.value)), "Buenos días.\n\nLa versión larga.</textarea>"));
  // The person goes on in English meanwhile.
  EXPECT_TRUE(reply_with(thread, "One thing more.").has_value());
  const auto page = insert(std::to_string(reply.id.value));
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(shows(page, "Buenos días.\n\nThe long one.</textarea>"));
  EXPECT_EQ(hidden(page.body, "version"), version) << "what came meanwhile is still to be told";
  EXPECT_EQ(written(thread).size(), 2U);
  EXPECT_EQ(insert("").status, 422);
  EXPECT_EQ(tomas
                .submit(fmt::format("/office/replies/{}", reply.id.value),
                        fmt::format("/office/replies/{}/retirement", reply.id.value), {})
                .status,
            303);
  EXPECT_EQ(insert(std::to_string(reply.id.value)).status, 422) << "retired";
  for (const auto* gone : {"0", "4711"}) {
    EXPECT_EQ(tomas.get(fmt::format("/office/replies/{}", gone)).status, 404);
  }
}

ON_BOTH_DATABASES(MessagePages);

}  // namespace
}  // namespace waymark::messages
