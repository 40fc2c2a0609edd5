#include "features/notifications/deliver.hpp"
#include "support/notifications_bed.hpp"

namespace waymark::notifications {
namespace {

class Digest : public testing::WithNotifications {
 protected:
  void SetUp() override {
    WithNotifications::SetUp();
    if (IsSkipped()) return;
    bed().parts.find_contact = [this](AccountId) { return std::optional(contact); };
    started_ = Instant{std::chrono::sys_days{std::chrono::November / 23 / 2026} + std::chrono::hours{15}};
  }
  journal::OutboxItem item(int minute, std::string kind, std::string link = "/link/first") {
    journal::OutboxItem made{.telling = {.id = bed().next_id(), .kind = std::move(kind), .account = bed().account},
                             .created_at = started_ + std::chrono::minutes{minute}};
    made.telling.arguments = {{"browser", "Firefox"}, {"system", "Android"}};
    if (!link.empty()) made.telling.arguments.emplace_back("link", std::move(link));
    return made;
  }
  SentMessage deliver_it(const journal::OutboxItem& it) {
    deliver(bed().parts, it);
    return bed().outbox.list().back();
  }

  Contact contact{.email = "ana@example.org", .language = "en", .time_zone = "America/Mexico_City", .phrase = {}};
  Instant started_{};
};
ON_BOTH_DATABASES(Digest);

TEST_P(Digest, SaysEachThingWithItsMomentInThePersonsZone) {
  auto several = item(1, "accounts.new_device");
  several.also.push_back(item(2, "accounts.shared_sign_in", "/link/second"));
  several.also.push_back(item(3, "accounts.account_opened", ""));
  const auto mail = deliver_it(several);
  EXPECT_EQ(mail.subject, "3 things happened in your account");
  for (const std::string_view said :
       {"Monday, 23 November 2026, 9:01 am (Mexico City time): Signed in on a new device: Firefox Android",
        "9:02 am (Mexico City time): Signed in on a shared computer: Firefox Android",
        "9:03 am (Mexico City time): ", "https://account.northport.example/link/first"})
    EXPECT_NE(mail.text.find(said), std::string::npos) << said << "\n" << mail.text;
  EXPECT_EQ(mail.text.find("/link/second"), std::string::npos) << "one way to say that it was not them";
}

TEST_P(Digest, SpeaksThePersonsLanguage) {
  contact.language = "es";
  auto several = item(1, "accounts.new_device");
  several.also.push_back(item(2, "accounts.new_device"));
  const auto mail = deliver_it(several);
  EXPECT_EQ(mail.subject, "2 novedades en su cuenta");
  EXPECT_NE(mail.text.find("Inicio de sesión en un dispositivo nuevo"), std::string::npos) << mail.text;
}

TEST_P(Digest, HasNoLinkWhereNoneOfThemHasOne) {
  auto several = item(1, "accounts.new_device", "");
  several.also.push_back(item(2, "accounts.shared_sign_in", ""));
  const auto mail = deliver_it(several);
  EXPECT_EQ(mail.text.find("/link/"), std::string::npos) << mail.text;
}

TEST_P(Digest, IsOneShortTextForPhones) {
  auto several = item(1, "accounts.new_device");
  several.telling.phone = "+12125550123";
  several.also.push_back(several);
  const auto text = deliver_it(several);
  EXPECT_EQ(text.to, "+12125550123");
  EXPECT_NE(text.text.find("2 things happened"), std::string::npos) << text.text;
  EXPECT_EQ(text.text.find("http"), std::string::npos);
}

TEST_P(Digest, LeavesASingleNoticeAsItIs) {
  const auto mail = deliver_it(item(1, "accounts.new_device"));
  EXPECT_EQ(mail.subject, "Your account was signed in to on a new device");
  EXPECT_NE(mail.text.find("on Monday, 23 November 2026, 9:01 am (Mexico City time)"), std::string::npos) << mail.text;
}

// GSM 03.38's letters: a text of them is 160 letters, or 153 a part; any other letter makes it 70, or 67 a part.
std::size_t parts_of(const std::string& text) {
  static const std::u32string plain =
      U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
      U"¿abcdefghijklmnopqrstuvwxyzäöñüà";
  std::size_t letters = 0;
  bool is_plain = true;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t letter = size == 1 ? lead : lead & (0x3FU >> (size - 1));
    for (std::size_t k = 1; k < size; ++k) letter = (letter << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3F);
    is_plain = is_plain && plain.find(letter) != std::u32string::npos;
    letters += letter > 0xFFFF ? 2 : 1;
    i += size;
  }
  const std::size_t single = is_plain ? 160 : 70, each = is_plain ? 153 : 67;
  return letters <= single ? 1 : (letters + each - 1) / each;
}

TEST_P(Digest, EveryNoticeAboutSigningInFitsIntoTwoTexts) {
  for (const std::string language : {"en", "es"}) {
    contact.language = language;
    for (const std::string kind : {"accounts.new_device", "accounts.shared_sign_in"}) {
      auto notice = item(1, kind, "");
      notice.telling.phone = "+12125550123";
      EXPECT_LE(parts_of(deliver_it(notice).text), 2U) << deliver_it(notice).text;
      notice.also.push_back(notice);
      EXPECT_LE(parts_of(deliver_it(notice).text), 2U) << deliver_it(notice).text;
    }
  }
}

}  // namespace
}  // namespace waymark::notifications
