#include "features/accounts/sign_in/passkey_sign_in.hpp"

#include "base/text.hpp"
#include "journal/audit.hpp"
#include "web/request.hpp"

namespace waymark::accounts {
namespace {

struct PasskeyPlaces {
  TryPlace network, passkey_from_network;

  void right_in(db::Transaction& tx, Instant now) {
    network.right_in(tx, now);
    passkey_from_network.right_in(tx, now);
  }
  void wrong() {
    network.wrong();
    passkey_from_network.wrong();
  }
  void give_back() {
    network.give_back();
    passkey_from_network.give_back();
  }
};

Result<PasskeyPlaces> reserve_places(Accounts& accounts, const PasskeyAnswer& answer, const Client& client) {
  const auto network = web::network_of(client.peer);
  const auto from_network = fmt::format("{} {}", to_hex(sha256(answer.credential_id)), network);
  auto places =
      accounts.throttle.reserve_all({{kPasskeyNetworkTries, network}, {kPasskeyTriesFromNetwork, from_network}});
  if (!places) return refuse(places.error());
  return PasskeyPlaces{std::move((*places)[0]), std::move((*places)[1])};
}

// One answer on its way to what it opens.
struct Attempt {
  Accounts& accounts;
  const PasskeyAsker& asker;
  const PasskeyAnswer& answer;
  CeremonyPurpose purpose;
  std::optional<AccountId> owner;  // none: the passkey says who

  // Made on the way.
  std::string challenge{};
  std::optional<Passkey> passkey{};
  webauthn::Asserted asserted{};
};

// An authenticator that keeps accounts names the account; one that is told the credential need not.
bool is_for(const Attempt& attempt, db::Snapshot& snapshot) {
  const auto& passkey = *attempt.passkey;
  if (attempt.owner && passkey.account != *attempt.owner) return false;
  if (attempt.answer.user_handle.empty()) return attempt.owner.has_value();
  const auto handle = passkey_store(attempt.accounts).find_handle(snapshot, passkey.account);
  return handle && equals_in_constant_time(*handle, attempt.answer.user_handle);
}

std::unexpected<Failure> refuse_passkey(std::string_view key) { return refuse_field("passkey", std::string(key)); }

Result<void> check_challenge(Attempt& attempt, Instant now) {
  attempt.challenge = webauthn::claimed_challenge(attempt.answer.client_data).value_or("");
  const Ceremony ceremony{.purpose = attempt.purpose, .holder = attempt.asker.holder};
  switch (passkey_challenges(attempt.accounts).standing(attempt.challenge, ceremony, now)) {
    case ChallengeStanding::good:
      return {};
    case ChallengeStanding::late:
      return refuse_passkey("accounts.error.passkey_late");
    case ChallengeStanding::other:
      break;
  }
  return refuse_passkey("accounts.error.passkey_refused");
}

Result<void> check(Attempt& attempt, Instant now) {
  if (auto challenged = check_challenge(attempt, now); !challenged) return challenged;
  const auto snapshot = attempt.accounts.parts.database.snapshot();
  attempt.passkey = passkey_store(attempt.accounts).find_by_credential(*snapshot, attempt.answer.credential_id);
  const auto profile =
      attempt.passkey ? attempt.accounts.store.find_profile(*snapshot, attempt.passkey->account) : std::nullopt;
  const bool is_open = profile && profile->state != AccountState::closed;
  if (!is_open || !is_for(attempt, *snapshot)) return refuse_passkey("accounts.error.passkey_unknown");
  const auto asserted = webauthn::check_assertion(
      attempt.asker.party, attempt.challenge,
      {.public_key = attempt.passkey->public_key, .is_backup_eligible = attempt.passkey->is_backup_eligible},
      {.client_data = attempt.answer.client_data,
       .authenticator_data = attempt.answer.authenticator_data,
       .signature = attempt.answer.signature});
  if (!asserted) return refuse_passkey(words_of(asserted.error()));
  attempt.asserted = *asserted;
  // Said only to who holds the key.
  if (attempt.passkey->switched_off_at) return refuse_passkey("accounts.error.passkey_off");
  return {};
}

enum class Outcome { opened, used_before, cloned, gone };

// Rolls the unit back: what the passkey was to open was not there any more, and the challenge stays good.
struct NothingToOpen {};

// The counter did not move on: the passkey stops here, whoever asked.
Outcome stop_clone(db::Transaction& tx, const Attempt& attempt, std::int64_t audit_id, const NoticeKey& notice,
                   Instant now) {
  const auto& accounts = attempt.accounts;
  const auto& passkey = *attempt.passkey;
  const auto kept = passkey_store(accounts).find(tx, passkey.account, passkey.id);
  if (!kept) return Outcome::gone;
  if (!passkey_store(accounts).switch_off(tx, passkey.id, now)) return Outcome::cloned;
  journal::record(tx, {.id = audit_id,
                       .at = now,
                       .event = "factor.switched_off",
                       .account = passkey.account,
                       .actor = "system",
                       .detail = "passkey"});
  accounts.notices.tell(tx, notice, passkey.account, {.kind = "accounts.passkey_copied", .link = LinkPurpose::not_me});
  return Outcome::cloned;
}

// `open` starts or raises the session under the key; false: there was nothing to open.
template <typename Open>
Result<SessionKey> prove(Attempt attempt, const Failure& otherwise, const Open& open) {
  auto& accounts = attempt.accounts;
  auto places = reserve_places(accounts, attempt.answer, attempt.asker.client);
  if (!places) return refuse(places.error());
  const auto key = accounts.sessions.make_key(attempt.asker.client);
  if (const auto checked = check(attempt, key.now); !checked) {
    places->wrong();
    return refuse(checked.error());
  }
  const auto audit_id = accounts.parts.ids.next_value();
  const auto notice = accounts.notices.make_key();
  const auto& passkey = *attempt.passkey;
  const auto unit = [&](db::Transaction& tx) {
    const auto lapses_at = PasskeyChallenges::lapses_at(attempt.challenge);
    if (!passkey_store(accounts).use_challenge(tx, attempt.challenge, lapses_at)) return Outcome::used_before;
    if (!passkey_store(accounts).use(tx, passkey.id, attempt.asserted.sign_count, attempt.asserted.is_backed_up,
                                     key.now))
      return stop_clone(tx, attempt, audit_id, notice, key.now);
    if (!open(tx, key, passkey.account)) throw NothingToOpen{};
    places->right_in(tx, key.now);
    return Outcome::opened;
  };
  try {
    switch (accounts.parts.database.write(unit)) {
      case Outcome::opened:
        accounts.wake_deliverer();
        return key;
      case Outcome::used_before:
        places->wrong();
        return refuse_passkey("accounts.error.passkey_late");
      case Outcome::cloned:
        accounts.wake_deliverer();
        places->wrong();
        return refuse_passkey("accounts.error.passkey_off");
      case Outcome::gone:
        break;
    }
  } catch (const NothingToOpen&) {
    places->give_back();
    return refuse(otherwise);
  }
  places->wrong();
  return refuse_passkey("accounts.error.passkey_unknown");
}

const Failure kSignInAnew{.kind = FailureKind::unauthorized, .message = {"accounts.error.sign_in_anew", {}}};

}  // namespace

PasskeyOptions ask_for_passkey(Accounts& accounts, const Ceremony& ceremony, AccountId account) {
  auto& parts = accounts.parts;
  PasskeyOptions options{.challenge = passkey_challenges(accounts).make(parts.random, ceremony, parts.clock.now())};
  if (ceremony.purpose == CeremonyPurpose::sign_in || ceremony.purpose == CeremonyPurpose::recovery) return options;
  for (auto& passkey : passkey_store(accounts).list(*parts.database.snapshot(), account)) {
    if (!passkey.switched_off_at) options.known.push_back(std::move(passkey));
  }
  return options;
}

Result<SessionKey> sign_in_by_passkey(Accounts& accounts, const PasskeyAsker& asker, const PasskeyAnswer& answer,
                                      SharedComputer shared) {
  Failure locked{.kind = FailureKind::forbidden, .message = {"accounts.error.locked_by_agency", {}}};
  return prove({accounts, asker, answer, CeremonyPurpose::sign_in, std::nullopt}, locked,
               [&](db::Transaction& tx, const SessionKey& key, AccountId account) {
                 if (accounts.sessions.start_full(tx, key, account, shared, "passkey")) return true;
                 locked.message.key = accounts.store.is_locked_by_owner(tx, account)
                                          ? "accounts.error.locked_by_owner"
                                          : "accounts.error.locked_by_agency";
                 return false;
               });
}

Result<SessionKey> prove_second_factor_by_passkey(Accounts& accounts, const PasskeyAsker& asker,
                                                  const PasskeyAnswer& answer, AccountId account, SessionId half) {
  return prove({accounts, asker, answer, CeremonyPurpose::second_factor, account}, kSignInAnew,
               [&](db::Transaction& tx, const SessionKey& key, AccountId owner) {
                 return accounts.sessions.raise(tx, key, half, "passkey") == owner;
               });
}

Result<void> prove_by_passkey(Accounts& accounts, const PasskeyAsker& asker, const PasskeyAnswer& answer,
                              CeremonyPurpose purpose, AccountId account,
                              const std::function<bool(db::Transaction&)>& open) {
  const auto proved = prove({accounts, asker, answer, purpose, account}, kSignInAnew,
                            [&](db::Transaction& tx, const SessionKey&, AccountId) { return open(tx); });
  if (!proved) return refuse(proved.error());
  return {};
}

Result<SessionKey> prove_again_by_passkey(Accounts& accounts, const PasskeyAsker& asker, const PasskeyAnswer& answer,
                                          AccountId account, SessionId session) {
  return prove({accounts, asker, answer, CeremonyPurpose::prove_again, account}, kSignInAnew,
               [&](db::Transaction& tx, const SessionKey& key, AccountId owner) {
                 return accounts.sessions.prove_again(tx, key, session, "passkey") == owner;
               });
}

}  // namespace waymark::accounts
