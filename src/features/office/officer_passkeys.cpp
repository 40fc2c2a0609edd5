#include "features/office/officer_passkeys.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "features/office/limits.hpp"
#include "journal/audit.hpp"
#include "web/request.hpp"

namespace waymark::office {
namespace {

using accounts::CeremonyPurpose;
using accounts::ChallengeStanding;
using accounts::PasskeyChallenges;

std::unexpected<Failure> refuse_key(std::string_view words) { return refuse_field("passkey", std::string(words)); }

OfficerPasskey to_officers(accounts::Passkey made, OfficerPasskeyId id, OfficerId officer) {
  return {.id = id,
          .officer = officer,
          .name = std::move(made.name),
          .credential_id = std::move(made.credential_id),
          .public_key = std::move(made.public_key),
          .sign_count = made.sign_count,
          .is_backup_eligible = made.is_backup_eligible,
          .transports = std::move(made.transports),
          .created_at = made.created_at};
}

bool use_challenge(const Office& office, db::Transaction& tx, std::string_view challenge) {
  return accounts::passkey_store(office.parts.accounts)
      .use_challenge(tx, challenge, PasskeyChallenges::lapses_at(challenge));
}

enum class Kept { yes, used_before, known, too_many, gone };

Result<void> answer_of(Kept kept) {
  switch (kept) {
    case Kept::yes:
      return {};
    case Kept::used_before:
      return refuse_key("accounts.error.passkey_late");
    case Kept::known:
      return refuse_key("accounts.error.passkey_known");
    case Kept::too_many:
      return refuse_key("accounts.error.passkeys_many");
    case Kept::gone:
      break;
  }
  return refuse(FailureKind::not_found, "office.error.invitation_gone");
}

// Lets go of what the unit has written.
struct Withdrawn {
  Kept because;
};

}  // namespace

std::optional<Officer> find_invited(Office& office, db::Snapshot& snapshot, std::string_view token) {
  const auto officer = office.officers.find_invited(snapshot, sha256(token), office.base().clock.now());
  return officer ? office.officers.find(snapshot, *officer) : std::nullopt;
}

accounts::NewPasskeyOptions offer_key(Office& office, const Officer& officer, CeremonyPurpose purpose,
                                      const accounts::PasskeyAsker& asker) {
  const auto& base = office.base();
  accounts::NewPasskeyOptions options{.challenge = accounts::passkey_challenges(office.parts.accounts)
                                                       .make(base.random, {purpose, asker.holder}, base.clock.now()),
                                      .handle = officer.handle,
                                      .email = officer.email.address,
                                      .name = officer.name,
                                      .must_keep_account = true};
  for (const auto& known : office.officers.list_passkeys(*office.database().snapshot(), officer.id)) {
    options.known.push_back({.credential_id = known.credential_id, .transports = known.transports});
  }
  return options;
}

accounts::PasskeyOptions ask_for_key(Office& office, CeremonyPurpose purpose, const accounts::PasskeyAsker& asker,
                                     std::optional<OfficerId> officer) {
  const auto& base = office.base();
  accounts::PasskeyOptions options{.challenge = accounts::passkey_challenges(office.parts.accounts)
                                                    .make(base.random, {purpose, asker.holder}, base.clock.now())};
  if (!officer) return options;
  for (const auto& known : office.officers.list_passkeys(*office.database().snapshot(), *officer)) {
    if (!known.switched_off_at)
      options.known.push_back({.credential_id = known.credential_id, .transports = known.transports});
  }
  return options;
}

Result<OfficeSessionKey> accept_invitation(Office& office, std::string_view token, const accounts::PasskeyAsker& asker,
                                           const accounts::NewPasskeyAnswer& answer) {
  const auto network = web::network_of(asker.client.peer);
  if (auto counted = office.parts.accounts.throttle.count(kInvitationTries, network); !counted)
    return refuse(counted.error());
  const auto key = office.sessions.make_key(asker.client);
  auto& ids = office.base().ids;
  const auto checked = accounts::check_new_passkey(office.parts.accounts, CeremonyPurpose::office_welcome, asker,
                                                   answer, ids.next<accounts::PasskeyId>(), key.now);
  if (!checked) return refuse(checked.error());
  const auto token_hash = sha256(token);
  const auto id = ids.next<OfficerPasskeyId>();
  const auto audit_id = ids.next_value();
  try {
    office.database().write([&](db::Transaction& tx) {
      if (!use_challenge(office, tx, checked->challenge)) throw Withdrawn{Kept::used_before};
      const auto officer = office.officers.use_invitation(tx, token_hash, key.now);
      if (!officer) throw Withdrawn{Kept::gone};
      if (!office.officers.add_passkey(tx, to_officers(checked->passkey, id, *officer))) throw Withdrawn{Kept::known};
      office.officers.set_state(tx, *officer, OfficerState::active);
      record(tx, {.audit_id = audit_id, .at = key.now, .event = "office.officer_enrolled", .officer = *officer});
      if (!office.sessions.start(tx, key, *officer, "invitation")) throw Withdrawn{Kept::gone};
    });
  } catch (const Withdrawn& withdrawn) {
    return refuse(answer_of(withdrawn.because).error());
  }
  return key;
}

namespace {

// An answer on its way: who it is of, and whether it may count.
struct Attempt {
  OfficerPasskey passkey{};
  webauthn::Asserted asserted{};
  std::string challenge{};
};

bool is_for(db::Snapshot& snapshot, const Office& office, const OfficerPasskey& passkey,
            const accounts::PasskeyAnswer& answer, std::optional<OfficerId> officer) {
  if (officer && passkey.officer != *officer) return false;
  if (answer.user_handle.empty()) return officer.has_value();
  const auto found = office.officers.find(snapshot, passkey.officer);
  return found && equals_in_constant_time(found->handle, answer.user_handle);
}

Result<Attempt> check(Office& office, const accounts::PasskeyAsker& asker, const accounts::PasskeyAnswer& answer,
                      CeremonyPurpose purpose, std::optional<OfficerId> officer, Instant now) {
  Attempt attempt{.challenge = webauthn::claimed_challenge(answer.client_data).value_or("")};
  const auto standing =
      accounts::passkey_challenges(office.parts.accounts).standing(attempt.challenge, {purpose, asker.holder}, now);
  if (standing == ChallengeStanding::late) return refuse_key("accounts.error.passkey_late");
  if (standing != ChallengeStanding::good) return refuse_key("accounts.error.passkey_refused");
  const auto snapshot = office.database().snapshot();
  const auto passkey = office.officers.find_passkey(*snapshot, answer.credential_id);
  if (!passkey || !is_for(*snapshot, office, *passkey, answer, officer)) return refuse_key("office.error.key_unknown");
  const auto asserted =
      webauthn::check_assertion(asker.party, attempt.challenge,
                                {.public_key = passkey->public_key, .is_backup_eligible = passkey->is_backup_eligible},
                                {.client_data = answer.client_data,
                                 .authenticator_data = answer.authenticator_data,
                                 .signature = answer.signature});
  if (!asserted) return refuse_key(accounts::words_of(asserted.error()));
  if (passkey->switched_off_at) return refuse_key("office.error.key_off");
  attempt.passkey = *passkey;
  attempt.asserted = *asserted;
  return attempt;
}

enum class Outcome { opened, used_before, cloned, gone };

template <typename Open>
Result<OfficeSessionKey> prove(Office& office, const accounts::PasskeyAsker& asker,
                               const accounts::PasskeyAnswer& answer, CeremonyPurpose purpose,
                               std::optional<OfficerId> officer, const Open& open) {
  auto place =
      office.parts.accounts.throttle.reserve(accounts::kPasskeyNetworkTries, web::network_of(asker.client.peer));
  if (!place) return refuse(place.error());
  const auto key = office.sessions.make_key(asker.client);
  const auto attempt = check(office, asker, answer, purpose, officer, key.now);
  if (!attempt) {
    place->wrong();
    return refuse(attempt.error());
  }
  const auto audit_id = office.base().ids.next_value();
  const auto outcome = office.database().write([&](db::Transaction& tx) {
    if (!use_challenge(office, tx, attempt->challenge)) return Outcome::used_before;
    if (!office.officers.use_passkey(tx, attempt->passkey.id, attempt->asserted.sign_count, key.now)) {
      if (office.officers.switch_off_passkey(tx, attempt->passkey.id, key.now)) {
        record(tx, {.audit_id = audit_id,
                    .at = key.now,
                    .event = "office.key_switched_off",
                    .officer = attempt->passkey.officer});
      }
      return Outcome::cloned;
    }
    return open(tx, key, attempt->passkey.officer) ? Outcome::opened : Outcome::gone;
  });
  if (outcome == Outcome::opened) {
    place->right();
    return key;
  }
  place->wrong();
  if (outcome == Outcome::used_before) return refuse_key("accounts.error.passkey_late");
  if (outcome == Outcome::cloned) return refuse_key("office.error.key_off");
  return refuse(FailureKind::unauthorized, "office.error.sign_in_anew");
}

}  // namespace

Result<OfficeSessionKey> sign_in(Office& office, const accounts::PasskeyAsker& asker,
                                 const accounts::PasskeyAnswer& answer) {
  return prove(office, asker, answer, CeremonyPurpose::office_sign_in, std::nullopt,
               [&](db::Transaction& tx, const OfficeSessionKey& key, OfficerId officer) {
                 return office.sessions.start(tx, key, officer, "passkey");
               });
}

Result<OfficeSessionKey> prove_again(Office& office, const accounts::PasskeyAsker& asker,
                                     const accounts::PasskeyAnswer& answer, OfficerId officer, SessionId session) {
  return prove(office, asker, answer, CeremonyPurpose::office_again, officer,
               [&](db::Transaction& tx, const OfficeSessionKey& key, OfficerId owner) {
                 return office.sessions.prove_again(tx, key, owner, session);
               });
}

Result<void> add_key(Office& office, const accounts::PasskeyAsker& asker, const accounts::NewPasskeyAnswer& answer,
                     OfficerId officer) {
  auto& ids = office.base().ids;
  const auto now = office.base().clock.now();
  const auto checked = accounts::check_new_passkey(office.parts.accounts, CeremonyPurpose::office_add, asker, answer,
                                                   ids.next<accounts::PasskeyId>(), now);
  if (!checked) return refuse(checked.error());
  const auto id = ids.next<OfficerPasskeyId>();
  const auto audit_id = ids.next_value();
  return answer_of(office.database().write([&](db::Transaction& tx) {
    if (!use_challenge(office, tx, checked->challenge)) return Kept::used_before;
    office.sessions.hold(tx, officer);
    if (office.officers.list_passkeys(tx, officer).size() >= kOfficerPasskeysMax) return Kept::too_many;
    if (!office.officers.add_passkey(tx, to_officers(checked->passkey, id, officer))) return Kept::known;
    record(tx, {.audit_id = audit_id, .at = now, .event = "office.key_added", .officer = officer});
    return Kept::yes;
  }));
}

Result<void> remove_key(Office& office, OfficerId officer, OfficerPasskeyId passkey) {
  const auto now = office.base().clock.now();
  const auto audit_id = office.base().ids.next_value();
  enum class Removed { yes, missing, last };
  const auto removed = office.database().write([&](db::Transaction& tx) {
    office.sessions.hold(tx, officer);
    const auto keys = office.officers.list_passkeys(tx, officer);
    const auto found = std::ranges::find(keys, passkey, &OfficerPasskey::id);
    if (found == keys.end()) return Removed::missing;
    const auto usable = std::ranges::count_if(keys, [&](const auto& key) { return !key.switched_off_at; });
    if (!found->switched_off_at && usable == 1) return Removed::last;
    office.officers.remove_passkey(tx, officer, passkey);
    record(tx, {.audit_id = audit_id, .at = now, .event = "office.key_removed", .officer = officer});
    return Removed::yes;
  });
  if (removed == Removed::missing) return refuse(FailureKind::not_found, "web.error.not_found");
  if (removed == Removed::last) return refuse(FailureKind::conflict, "office.error.last_key");
  return {};
}

}  // namespace waymark::office
