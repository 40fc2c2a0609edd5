#include "features/help/ask_for_help.hpp"

#include "base/text.hpp"
#include "features/help/limits.hpp"
#include "web/request.hpp"

namespace waymark::help {
namespace {

constexpr std::string_view kPurpose = "help";  // of the code's hash

Result<void> count_mail(Help& help, const HelpAsker& asker, const Email& email) {
  auto& throttle = help.parts.throttle;
  if (auto counted = throttle.count(accounts::kCodesForNetwork, web::network_of(asker.peer)); !counted) return counted;
  if (auto counted = throttle.count(accounts::kCodesInFiveMinutes, email.canonical); !counted) return counted;
  return throttle.count(accounts::kCodesInTenSeconds, email.canonical);
}

struct MailedCode {
  std::string hash{};
  Instant expires_at{};
  journal::Telling telling{};
};

// Made before the unit.
MailedCode make_code(Help& help, AskingId row, const Email& email, const HelpAsker& asker, Instant now) {
  auto& parts = help.parts;
  const auto digits = parts.random.digits(accounts::kCodeDigits);
  MailedCode code{.hash = help.code_hash.of(kPurpose, row.value, email.canonical, digits),
                  .expires_at = now + accounts::kCodeLifetime};
  code.telling.id = parts.ids.next<journal::OutboxId>();
  code.telling.kind = "help.email_code";
  code.telling.email = email.address;
  code.telling.language = asker.language;
  code.telling.arguments = {{"code", digits}, {"minutes", std::to_string(accounts::kCodeLifetime.count())}};
  code.telling.useless_after = code.expires_at;
  return code;
}

std::optional<Asking> find_present(const Help& help, const HelpAsker& asker) {
  return find_asking(help, *help.parts.database.snapshot(), asker.token, help.parts.clock.now());
}

enum class Outcome { done, wrong, already, gone };

}  // namespace

std::optional<Asking> find_asking(const Help& help, db::Snapshot& snapshot, std::string_view token, Instant now) {
  if (token.empty()) return std::nullopt;
  return help.askings.find(snapshot, sha256(token), now);
}

Result<AskingReply> start_asking(Help& help, const HelpAsker& asker, std::string_view typed_email) {
  const auto email = parse_email(typed_email);
  if (!email) return refuse_field("email", "accounts.error.email_form");
  if (auto counted = count_mail(help, asker, *email); !counted) return refuse(std::move(counted).error());
  auto& parts = help.parts;
  const auto now = parts.clock.now();
  const auto token = parts.random.token();
  Asking asking{
      .id = parts.ids.next<AskingId>(), .email = *email, .created_at = now, .expires_at = now + kAskingLifetime};
  const auto code = make_code(help, asking.id, *email, asker, now);
  asking.code_hash = code.hash;
  asking.code_expires_at = code.expires_at;
  const auto token_hash = sha256(token);
  const auto old_hash = sha256(asker.token);
  parts.database.write([&](db::Transaction& tx) {
    // What this browser began before is over.
    if (const auto old = help.askings.lock(tx, old_hash, now)) help.askings.remove(tx, old->id);
    help.askings.insert(tx, asking, token_hash);
    parts.outbox.tell(tx, code.telling);
  });
  help.wake_deliverer();
  return AskingReply{.new_token = token};
}

Result<AskingReply> send_asking_code_again(Help& help, const HelpAsker& asker) {
  const auto found = find_present(help, asker);
  if (!found) return AskingReply{.is_gone = true};
  if (found->email_proved_at) return AskingReply{};
  if (auto counted = count_mail(help, asker, found->email); !counted) return refuse(std::move(counted).error());
  auto& parts = help.parts;
  const auto now = parts.clock.now();
  const auto code = make_code(help, found->id, found->email, asker, now);
  const auto token_hash = sha256(asker.token);
  const bool is_gone = parts.database.write([&](db::Transaction& tx) {
    const auto asking = help.askings.lock(tx, token_hash, now);
    if (!asking) return true;
    if (asking->email_proved_at) return false;
    help.askings.set_code(tx, asking->id, code.hash, code.expires_at);
    parts.outbox.tell(tx, code.telling);
    return false;
  });
  help.wake_deliverer();
  return AskingReply{.is_gone = is_gone};
}

Result<AskingReply> prove_asking(Help& help, const HelpAsker& asker, std::string_view typed_code) {
  const auto code = accounts::parse_code(typed_code);
  if (!code) return refuse_field("code", "accounts.error.code_form");
  const auto found = find_present(help, asker);
  if (!found) return AskingReply{.is_gone = true};
  if (found->email_proved_at) return AskingReply{};
  auto& parts = help.parts;
  const auto now = parts.clock.now();
  if (!found->code_expires_at || now >= *found->code_expires_at) {
    return refuse_field("code", "accounts.error.code_expired");
  }
  auto place =
      parts.throttle.reserve(accounts::kEmailCodeTries, found->email.canonical, "accounts.error.too_many_code_tries");
  if (!place) return refuse(std::move(place).error());
  const auto typed_hash = help.code_hash.of(kPurpose, found->id.value, found->email.canonical, *code);
  const auto old_hash = sha256(asker.token);
  const auto token = parts.random.token();
  const auto new_hash = sha256(token);
  const auto outcome = parts.database.write([&](db::Transaction& tx) {
    const auto asking = help.askings.lock(tx, old_hash, now);
    if (!asking) return Outcome::gone;
    if (asking->email_proved_at) return Outcome::already;
    if (!equals_in_constant_time(asking->code_hash, typed_hash)) return Outcome::wrong;
    help.askings.set_proved(tx, asking->id, now, new_hash);
    return Outcome::done;
  });
  switch (outcome) {
    case Outcome::done:
      place->right();
      return AskingReply{.new_token = token};
    case Outcome::wrong:
      place->wrong();
      return refuse_field("code", "accounts.error.code_wrong");
    case Outcome::already:
      place->give_back();
      return AskingReply{};
    case Outcome::gone:
      break;
  }
  place->give_back();
  return AskingReply{.is_gone = true};
}

}  // namespace waymark::help
