#include "features/accounts/factors/passkeys.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "features/accounts/factors/ways_in.hpp"
#include "journal/audit.hpp"

namespace waymark::accounts {
namespace {

constexpr std::size_t kHandleBytes = 64;
constexpr std::string_view kDetail = "passkey";

// The names that the specification lists, in its order; others are dropped.
constexpr std::array<std::string_view, 6> kTransports{"usb", "nfc", "ble", "smart-card", "hybrid", "internal"};

std::string known_transports(std::string_view listed) {
  const auto named = split(listed, ' ');
  std::string kept;
  for (const auto transport : kTransports) {
    if (std::ranges::find(named, transport) == named.end()) continue;
    if (!kept.empty()) kept.push_back(' ');
    kept += transport;
  }
  return kept;
}

std::string tidy_name(std::string_view typed, std::string_view otherwise) {
  auto name = tidy_line(typed);
  return name.empty() ? std::string(otherwise) : name;
}

void record_change(db::Transaction& tx, std::int64_t id, Instant now, std::string_view event, AccountId account) {
  journal::record(tx, {.id = id, .at = now, .event = event, .account = account, .detail = kDetail});
}

Result<webauthn::NewCredential> check(const Accounts& accounts, const PasskeyAsker& asker,
                                      const NewPasskeyAnswer& answer, std::string_view challenge,
                                      CeremonyPurpose purpose, Instant now) {
  const Ceremony ceremony{.purpose = purpose, .holder = asker.holder};
  switch (passkey_challenges(accounts).standing(challenge, ceremony, now)) {
    case ChallengeStanding::good:
      break;
    case ChallengeStanding::late:
      return refuse_field("passkey", "accounts.error.passkey_late");
    case ChallengeStanding::other:
      return refuse_field("passkey", "accounts.error.passkey_refused");
  }
  auto checked = webauthn::check_registration(asker.party, challenge,
                                              {.client_data = answer.client_data, .attestation = answer.attestation});
  if (!checked) return refuse_field("passkey", std::string(words_of(checked.error())));
  if (checked->id != answer.credential_id) return refuse_field("passkey", "accounts.error.passkey_refused");
  return std::move(*checked);
}

enum class Added { yes, used_before, known, too_many };

}  // namespace

PasskeyStore passkey_store(const Accounts& accounts) { return {accounts.parts.sealer, accounts.parts.keys}; }

PasskeyChallenges passkey_challenges(const Accounts& accounts) { return PasskeyChallenges(accounts.parts.keys); }

std::string_view words_of(webauthn::Refusal refusal) {
  switch (refusal) {
    case webauthn::Refusal::user_presence:
    case webauthn::Refusal::user_verification:
      return "accounts.error.passkey_unverified";
    case webauthn::Refusal::algorithm:
    case webauthn::Refusal::public_key:
      return "accounts.error.passkey_kind";
    default:
      return "accounts.error.passkey_refused";
  }
}

NewPasskeyOptions offer_new_passkey(Accounts& accounts, AccountId account, const PasskeyAsker& asker) {
  auto& parts = accounts.parts;
  const auto now = parts.clock.now();
  NewPasskeyOptions options{
      .challenge = passkey_challenges(accounts).make(parts.random, {CeremonyPurpose::add, asker.holder}, now)};
  const auto fresh = parts.random.bytes(kHandleBytes);
  options.handle = parts.database.write(
      [&](db::Transaction& tx) { return passkey_store(accounts).keep_handle(tx, account, fresh); });
  const auto snapshot = parts.database.snapshot();
  const auto profile = accounts.store.load_profile(*snapshot, account);
  options.email = profile.email.address;
  options.name = profile.given_name.empty() ? profile.family_name : profile.given_name + " " + profile.family_name;
  options.known = passkey_store(accounts).list(*snapshot, account);
  return options;
}

Result<CheckedPasskey> check_new_passkey(const Accounts& accounts, CeremonyPurpose purpose, const PasskeyAsker& asker,
                                         const NewPasskeyAnswer& answer, PasskeyId id, Instant now) {
  if (count_code_points(answer.name) > kPasskeyNameLengthMax)
    return refuse_field("name", "accounts.error.passkey_name_long");
  auto challenge = webauthn::claimed_challenge(answer.client_data).value_or("");
  const auto checked = check(accounts, asker, answer, challenge, purpose, now);
  if (!checked) return refuse(checked.error());
  return CheckedPasskey{.passkey = {.id = id,
                                    .name = tidy_name(answer.name, answer.name_otherwise),
                                    .credential_id = checked->id,
                                    .public_key = checked->public_key,
                                    .sign_count = checked->sign_count,
                                    .is_backup_eligible = checked->is_backup_eligible,
                                    .is_backed_up = checked->is_backed_up,
                                    .transports = known_transports(answer.transports),
                                    .aaguid = checked->aaguid,
                                    .created_at = now},
                        .challenge = std::move(challenge)};
}

Result<PasskeyId> add_passkey(Accounts& accounts, AccountId account, const PasskeyAsker& asker,
                              const NewPasskeyAnswer& answer) {
  auto& parts = accounts.parts;
  const auto now = parts.clock.now();
  auto checked = check_new_passkey(accounts, CeremonyPurpose::add, asker, answer, parts.ids.next<PasskeyId>(), now);
  if (!checked) return refuse(checked.error());
  checked->passkey.account = account;
  const auto& [passkey, challenge] = *checked;
  const auto audit_id = parts.ids.next_value();
  const auto notice = accounts.notices.make_key();
  const auto added = parts.database.write([&](db::Transaction& tx) {
    lock_ways_in(tx, account);
    if (!passkey_store(accounts).use_challenge(tx, challenge, PasskeyChallenges::lapses_at(challenge)))
      return Added::used_before;
    if (passkey_store(accounts).list(tx, account).size() >= kPasskeysMax) return Added::too_many;
    if (!passkey_store(accounts).add(tx, passkey)) return Added::known;
    record_change(tx, audit_id, now, "factor.added", account);
    accounts.notices.tell(tx, notice, account, {.kind = "accounts.passkey_added", .link = LinkPurpose::not_me});
    return Added::yes;
  });
  switch (added) {
    case Added::yes:
      accounts.wake_deliverer();
      return passkey.id;
    case Added::used_before:
      return refuse_field("passkey", "accounts.error.passkey_late");
    case Added::known:
      return refuse_field("passkey", "accounts.error.passkey_known");
    case Added::too_many:
      break;
  }
  return refuse_field("passkey", "accounts.error.passkeys_many");
}

Result<void> rename_passkey(Accounts& accounts, AccountId account, PasskeyId passkey, std::string_view typed) {
  const auto name = tidy_line(typed);
  if (name.empty()) return refuse_field("name", "accounts.error.passkey_name_missing");
  if (count_code_points(name) > kPasskeyNameLengthMax) return refuse_field("name", "accounts.error.passkey_name_long");
  const bool renamed = accounts.parts.database.write(
      [&](db::Transaction& tx) { return passkey_store(accounts).rename(tx, account, passkey, name); });
  if (!renamed) return refuse(FailureKind::not_found, "accounts.error.passkey_gone");
  return {};
}

Result<void> remove_passkey(Accounts& accounts, AccountId account, PasskeyId passkey) {
  auto& parts = accounts.parts;
  const auto now = parts.clock.now();
  const auto audit_id = parts.ids.next_value();
  const auto notice = accounts.notices.make_key();
  enum class Removed { yes, gone, last, only_way };
  const auto removed = parts.database.write([&](db::Transaction& tx) {
    lock_ways_in(tx, account);
    const auto found = passkey_store(accounts).find(tx, account, passkey);
    if (!found) return Removed::gone;
    if (!found->switched_off_at) {
      if (!may_remove_second_factor(tx, account)) return Removed::last;
      const bool has_password = !accounts.store.find_password_hash(tx, account).value_or(std::string{}).empty();
      if (!has_password && passkey_store(accounts).count_usable(tx, account) < 2) return Removed::only_way;
    }
    passkey_store(accounts).remove(tx, account, passkey);
    record_change(tx, audit_id, now, "factor.removed", account);
    accounts.notices.tell(tx, notice, account, {.kind = "accounts.passkey_removed", .link = LinkPurpose::not_me});
    return Removed::yes;
  });
  if (removed == Removed::gone) return refuse(FailureKind::not_found, "accounts.error.passkey_gone");
  if (removed == Removed::last) return refuse(FailureKind::conflict, "accounts.error.last_second_factor");
  if (removed == Removed::only_way) return refuse(FailureKind::conflict, "accounts.error.last_passkey");
  accounts.wake_deliverer();
  return {};
}

}  // namespace waymark::accounts
