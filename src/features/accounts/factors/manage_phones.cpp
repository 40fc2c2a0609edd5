#include "features/accounts/factors/manage_phones.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/phone.hpp"
#include "base/text.hpp"
#include "features/accounts/factors/codes.hpp"
#include "features/accounts/factors/factor_change.hpp"
#include "features/accounts/factors/ways_in.hpp"

namespace waymark::accounts {
namespace {

namespace json = boost::json;

std::string content_of(const PendingPhone& phone) {
  return json::serialize(json::object{{"number", phone.number},
                                      {"spoken", phone.spoken},
                                      {"code_hash", to_base64url(phone.code_hash)},
                                      {"code_expires_at", to_millis(phone.code_expires_at)}});
}

PendingPhone read_pending(const PendingFactor& pending) {
  const auto value = json::parse(pending.content);
  const auto& object = value.as_object();
  return {.id = pending.id,
          .number = std::string(object.at("number").as_string()),
          .spoken = object.at("spoken").as_bool(),
          .code_hash = from_base64url(std::string_view(object.at("code_hash").as_string())).value_or(std::string{}),
          .code_expires_at = from_millis(object.at("code_expires_at").as_int64())};
}

// A code to the number, in place of what this session waited for.
void send_code(Accounts& accounts, const FactorAsker& asker, const std::string& number, bool spoken,
               std::string_view language) {
  auto& parts = accounts.parts;
  const auto now = parts.clock.now();
  const auto id = parts.ids.next<PendingFactorId>();
  const auto code = make_phone_code(accounts, PhoneCodePurpose::prove_number, id.value, number, spoken, language, now);
  const PendingFactor pending{
      .id = id,
      .account = asker.account,
      .session = asker.session,
      .kind = PendingKind::phone,
      .content =
          content_of({.number = number, .spoken = spoken, .code_hash = code.hash, .code_expires_at = code.expires_at}),
      .expires_at = now + kPendingFactorLifetime};
  parts.database.write([&](db::Transaction& tx) {
    accounts.pending.put(tx, pending);
    parts.outbox.tell(tx, code.telling);
  });
  accounts.wake_deliverer();
}

std::unexpected<Failure> refuse_gone() { return refuse(FailureKind::conflict, "accounts.error.factor_gone"); }

}  // namespace

std::optional<PendingPhone> find_pending_phone(const Accounts& accounts, db::Snapshot& snapshot,
                                               const FactorAsker& asker, Instant now) {
  const auto pending = accounts.pending.find(snapshot, asker.session, PendingKind::phone, now);
  if (!pending || pending->account != asker.account) return std::nullopt;
  return read_pending(*pending);
}

Result<void> start_phone(Accounts& accounts, const FactorAsker& asker, const PhoneAnswer& answer,
                         std::string_view language) {
  const auto number = read_phone(accounts.parts.catalogue, answer);
  if (!number) return refuse(number.error());
  const auto phones = accounts.phones.list(*accounts.parts.database.snapshot(), asker.account);
  if (std::ranges::find(phones, *number, &Phone::number) != phones.end()) {
    return refuse_field("phone", "accounts.error.phone_yours");
  }
  if (phones.size() >= kPhonesMax) return refuse(FailureKind::conflict, "accounts.error.phones_enough");
  const auto subject = fmt::format("account {}", asker.account.value);
  if (auto counted = accounts.throttle.count(kNewPhones, subject); !counted) return counted;
  if (auto counted = count_text(accounts, *number); !counted) return counted;
  send_code(accounts, asker, *number, answer.spoken, language);
  return {};
}

Result<void> send_new_phone_code_again(Accounts& accounts, const FactorAsker& asker, bool spoken,
                                       std::string_view language) {
  const auto now = accounts.parts.clock.now();
  const auto pending = find_pending_phone(accounts, *accounts.parts.database.snapshot(), asker, now);
  if (!pending) return refuse_gone();
  if (auto counted = count_text(accounts, pending->number); !counted) return counted;
  send_code(accounts, asker, pending->number, spoken, language);
  return {};
}

Result<PhoneId> confirm_phone(Accounts& accounts, const FactorAsker& asker, std::string_view typed_code) {
  const auto code = parse_code(typed_code);
  if (!code) return refuse_field("code", "accounts.error.code_form");
  const auto change = make_factor_change(accounts);
  const auto pending = find_pending_phone(accounts, *accounts.parts.database.snapshot(), asker, change.now);
  if (!pending) return refuse_gone();
  if (change.now >= pending->code_expires_at) return refuse_field("code", "accounts.error.code_expired");
  auto place = accounts.throttle.reserve(kPhoneCodeTries, pending->number, "accounts.error.too_many_code_tries");
  if (!place) return refuse(place.error());
  const auto typed =
      phone_code_hash(accounts, PhoneCodePurpose::prove_number, pending->id.value, pending->number, *code);
  if (!equals_in_constant_time(typed, pending->code_hash)) {
    place->wrong();
    return refuse_field("code", "accounts.error.code_wrong");
  }
  const Phone phone{.id = accounts.parts.ids.next<PhoneId>(),
                    .account = asker.account,
                    .number = pending->number,
                    .proved_at = change.now,
                    .is_spoken_to = pending->spoken};
  const bool is_done = accounts.parts.database.write([&](db::Transaction& tx) {
    lock_ways_in(tx, asker.account);
    // The code goes with it: it is good once.
    if (!accounts.pending.take(tx, pending->id)) return false;
    if (accounts.phones.list(tx, asker.account).size() >= kPhonesMax) return false;
    if (!accounts.phones.add(tx, phone)) return false;
    record_factor_change(accounts, tx, change, asker.account,
                         {.event = "phone.added",
                          .detail = "phone",
                          .notice = "accounts.phone_added",
                          .arguments = {{"ending", phone_ending(phone.number)}}});
    return true;
  });
  place->right();
  if (!is_done) return refuse_gone();
  accounts.wake_deliverer();
  return phone.id;
}

}  // namespace waymark::accounts
