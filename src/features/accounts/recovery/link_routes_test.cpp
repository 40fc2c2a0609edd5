#include "features/accounts/recovery/link_routes.hpp"

#include "features/accounts/recovery/waits.hpp"
#include "features/accounts/sign_in/sign_in_routes.hpp"
#include "support/page_browser.hpp"
#include "support/signing_in.hpp"

namespace waymark::accounts {
namespace {

using testing::PageBrowser;

class LinkPages : public testing::WithAna {
 protected:
  void SetUp() override {
    WithAna::SetUp();
    if (IsSkipped()) return;
    auto& bed = ana().bed;
    web::Router router;
    add_link_routes(router, bed.accounts);
    add_sign_in_routes(router, bed.accounts);
    site_ = std::make_unique<web::Site>(bed.site_parts(metrics()), std::move(router));
  }
  void TearDown() override {
    site_.reset();
    WithAna::TearDown();
  }
  PageBrowser browser() { return PageBrowser(*site_, "account.northport.example"); }
  std::string not_me_link() {
    const auto key = accounts().notices.make_key();
    database().write([&](db::Transaction& tx) {
      accounts().notices.tell(tx, key, ana().account, {.kind = "accounts.new_device", .link = LinkPurpose::not_me});
    });
    return "/link/" + key.link.token;
  }
  std::string cancel_link() {
    const auto key = make_wait_key(accounts());
    database().write(
        [&](db::Transaction& tx) { start_wait(accounts(), tx, key, ana().account, WaitKind::password_reset, "hash"); });
    wait_ = key.id;
    return "/link/" + key.notice.link.token;
  }
  bool is_waiting() {
    return accounts().waits.find_open(*database().snapshot(), wait_, ana().bed.clock.now()).has_value();
  }

  std::unique_ptr<web::Site> site_;
  WaitId wait_{};
};

TEST_P(LinkPages, OpeningALinkChangesNothingHoweverOften) {
  const auto cancel = cancel_link();
  const auto not_me = not_me_link();
  auto scanner = browser();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(scanner.get(cancel).status, 200);
    EXPECT_EQ(scanner.get(not_me).status, 200);
  }
  EXPECT_TRUE(is_waiting());
  EXPECT_TRUE(ana().give(testing::kGoodPassword));
}

TEST_P(LinkPages, ThePostOfACancelLinkStopsTheWaitOnce) {
  const auto link = cancel_link();
  auto visitor = browser();
  const auto page = visitor.get(link).body;
  EXPECT_NE(page.find("action=\"" + link + "\""), std::string::npos);
  const auto token = PageBrowser::token_in(page);
  const auto done = visitor.post(link, token, {});
  EXPECT_EQ(PageBrowser::location_of(done), "/cancel/done");
  EXPECT_EQ(visitor.get("/cancel/done").status, 200);
  EXPECT_FALSE(is_waiting());
  EXPECT_EQ(visitor.post(link, token, {}).status, 404);
  EXPECT_EQ(visitor.get(link).status, 404);
}

TEST_P(LinkPages, ThePostOfANotMeLinkLocksTheAccountAndLeadsBackIn) {
  const auto link = not_me_link();
  auto visitor = browser();
  const auto done = visitor.submit(link, {});
  EXPECT_EQ(PageBrowser::location_of(done), "/recover/locked");
  EXPECT_NE(visitor.get("/recover/locked").body.find("/recover/password"), std::string::npos);
  EXPECT_FALSE(ana().give(testing::kGoodPassword));
  EXPECT_EQ(visitor.get(link).status, 404);
}

TEST_P(LinkPages, Incident_I20_UsedLapsedUnknownAndBlankLinksShowTheSamePage) {
  const auto link = not_me_link();
  auto visitor = browser();
  const auto unknown = visitor.get("/link/" + std::string(43, 'A'));
  EXPECT_EQ(unknown.status, 404);
  ana().bed.clock.move(kMailLinkLifetime);
  EXPECT_EQ(visitor.get(link).body.size(), unknown.body.size());
  EXPECT_EQ(visitor.get("/link/x").status, 404);
  EXPECT_EQ(visitor.get("/link/").status, 404);
}

TEST_P(LinkPages, ATextsCodeIsTypedWithTheAddress) {
  database().write([&](db::Transaction& tx) {
    accounts().phones.add(tx, {.id = accounts().parts.ids.next<PhoneId>(),
                               .account = ana().account,
                               .number = "+15555550123",
                               .proved_at = ana().bed.clock.now()});
  });
  cancel_link();
  const auto code = testing::argument_of(ana().bed.take_told().at(1), "cancel_code");
  auto visitor = browser();
  const auto refused = visitor.submit("/cancel", {{"email", "ana@example.org"}, {"cancel_code", "00000-00000"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(is_waiting());
  const auto done = visitor.submit("/cancel", {{"email", "ana@example.org"}, {"cancel_code", code}});
  EXPECT_EQ(PageBrowser::location_of(done), "/cancel/done");
  EXPECT_FALSE(is_waiting());
}

ON_BOTH_DATABASES(LinkPages);

}  // namespace
}  // namespace waymark::accounts
