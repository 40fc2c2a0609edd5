#include "features/accounts/recovery/change_email.hpp"

#include "base/text.hpp"
#include "features/accounts/factors/backup_codes.hpp"
#include "features/accounts/factors/codes.hpp"
#include "features/accounts/recovery/end_everything.hpp"
#include "features/accounts/recovery/waits.hpp"
#include "journal/audit.hpp"
#include "web/request.hpp"

namespace waymark::accounts {
namespace {

// A code made before the unit, with the mail that carries it.
struct EmailCode {
  std::string hash{};
  Instant expires_at{};
  journal::Telling telling{};
};

EmailCode make_code(Accounts& accounts, EmailChangeId row, std::string_view purpose, const Email& to, Instant now) {
  auto& parts = accounts.parts;
  const auto digits = parts.random.digits(kCodeDigits);
  EmailCode code{.hash = CodeHash(parts.keys).of(purpose, row.value, to.canonical, digits),
                 .expires_at = now + kCodeLifetime};
  code.telling.id = parts.ids.next<journal::OutboxId>();
  code.telling.arguments = {{"code", digits}, {"minutes", std::to_string(kCodeLifetime.count())}};
  code.telling.useless_after = code.expires_at;
  return code;
}

// To an address that has an account goes another mail, and the hash is of no code at all.
EmailCode make_new_code(Accounts& accounts, EmailChangeId row, const Email& email, const std::string& language,
                        Instant now) {
  auto code = make_code(accounts, row, "new_email", email, now);
  const auto nobodys = accounts.parts.random.bytes(32);
  const auto owner = accounts.store.find_by_email(*accounts.parts.database.snapshot(), email.canonical);
  if (owner) {
    code.hash = nobodys;
    code.telling.kind = "accounts.email_change_known_address";
    code.telling.account = *owner;
    code.telling.arguments.clear();
  } else {
    code.telling.kind = "accounts.new_email_code";
    code.telling.email = email.address;
    code.telling.language = language;
  }
  return code;
}

EmailCode make_old_code(Accounts& accounts, EmailChangeId row, AccountId account, const Email& old, Instant now) {
  auto code = make_code(accounts, row, "old_email", old, now);
  code.telling.kind = "accounts.old_email_code";
  code.telling.account = account;
  return code;
}

Result<void> count_mail(Accounts& accounts, const Email& email) {
  if (auto counted = accounts.throttle.count(kCodesInFiveMinutes, email.canonical); !counted) return counted;
  return accounts.throttle.count(kCodesInTenSeconds, email.canonical);
}

Email present_email(Accounts& accounts, AccountId account) {
  return accounts.store.load_profile(*accounts.parts.database.snapshot(), account).email;
}

// A wrong code counts by its address, whatever flow it is typed into. `take` gets the locked row when the code was
// right.
Result<EmailStep> check_code(Accounts& accounts, const EmailChanger& changer, const EmailChange& found,
                             const Email& address, bool is_new, std::string_view typed_code,
                             const std::function<Result<EmailStep>(db::Transaction&, EmailChange&)>& take) {
  const auto code = parse_code(typed_code);
  if (!code) return refuse_field("code", "accounts.error.code_form");
  const auto now = accounts.parts.clock.now();
  if (now >= (is_new ? found.code_expires_at : found.old_code_expires_at)) {
    return refuse_field("code", "accounts.error.code_expired");
  }
  auto place = accounts.throttle.reserve(kEmailCodeTries, address.canonical, "accounts.error.too_many_code_tries");
  if (!place) return refuse(std::move(place).error());
  const auto typed_hash =
      CodeHash(accounts.parts.keys).of(is_new ? "new_email" : "old_email", found.id.value, address.canonical, *code);
  bool was_compared = false, was_right = false;
  auto step = accounts.parts.database.write([&](db::Transaction& tx) -> Result<EmailStep> {
    was_compared = was_right = false;
    auto change = accounts.email_changes.lock(tx, changer.account, now);
    // Another change was begun meanwhile: this code was never its.
    if (!change || change->id != found.id || change->proved_at.has_value() == is_new) return EmailStep::nothing;
    was_compared = true;
    if (!equals_in_constant_time(is_new ? change->code_hash : change->old_code_hash, typed_hash)) {
      return refuse_field("code", "accounts.error.code_wrong");
    }
    was_right = true;
    return take(tx, *change);
  });
  if (was_right)
    place->right();
  else if (was_compared)
    place->wrong();
  else
    place->give_back();
  return step;
}

struct ChangeKey {
  WaitKey wait{};  // its notice tells of the change
  std::int64_t audit_id = 0;
  std::int64_t sessions_audit_id = 0;
};

ChangeKey make_change_key(Accounts& accounts) {
  return {.wait = make_wait_key(accounts),
          .audit_id = accounts.parts.ids.next_value(),
          .sessions_audit_id = accounts.parts.ids.next_value()};
}

// The old address hears of it, and may lock the account by its link; taking it back needs more than that address.
Result<EmailStep> put_email(const Accounts& accounts, db::Transaction& tx, const ChangeKey& key,
                            const EmailChanger& changer, const Email& email) {
  const auto old = accounts.store.load_profile(tx, changer.account).email;
  if (!accounts.store.replace_email(tx, changer.account, email)) {
    return refuse(FailureKind::conflict, "accounts.error.address_has_account");
  }
  accounts.sign_ups.remove_all(tx, email.canonical);
  end_everything(accounts, tx, changer.account, changer.session, key.sessions_audit_id, key.wait.now);
  accounts.notices.tell(tx, key.wait.notice, changer.account,
                        {.kind = "accounts.email_changed", .link = LinkPurpose::not_me, .also_to = {old.address}});
  journal::record(tx, {.id = key.audit_id, .at = key.wait.now, .event = "email.changed", .account = changer.account});
  return EmailStep::changed;
}

// Two at once for one address: the unique index decides on PostgreSQL.
template <typename Unit>
Result<EmailStep> or_conflict(Accounts& accounts, const Unit& unit) {
  try {
    auto step = unit();
    accounts.wake_deliverer();
    return step;
  } catch (const db::ConstraintViolation&) {
    return refuse(FailureKind::conflict, "accounts.error.address_has_account");
  }
}

std::optional<EmailChange> find_change(Accounts& accounts, AccountId account) {
  return accounts.email_changes.find(*accounts.parts.database.snapshot(), account, accounts.parts.clock.now());
}

}  // namespace

EmailStep find_email_step(const Accounts& accounts, db::Snapshot& snapshot, AccountId account, Instant now) {
  if (accounts.waits.find_open(snapshot, account, WaitKind::email_change, now)) return EmailStep::waits;
  const auto change = accounts.email_changes.find(snapshot, account, now);
  if (!change) return EmailStep::nothing;
  return change->proved_at ? EmailStep::old_code : EmailStep::new_code;
}

Result<EmailStep> start_email_change(Accounts& accounts, const EmailChanger& changer, std::string_view typed) {
  const auto email = parse_email(typed);
  if (!email) return refuse_field("email", "accounts.error.email_form");
  const auto old = present_email(accounts, changer.account);
  if (old.canonical == email->canonical) return refuse_field("email", "accounts.error.email_is_yours");
  if (auto counted = accounts.throttle.count(kCodesForNetwork, web::network_of(changer.peer)); !counted) {
    return refuse(std::move(counted).error());
  }
  if (auto counted = count_mail(accounts, *email); !counted) return refuse(std::move(counted).error());
  if (auto counted = count_mail(accounts, old); !counted) return refuse(std::move(counted).error());
  const auto now = accounts.parts.clock.now();
  const auto id = accounts.parts.ids.next<EmailChangeId>();
  const auto new_code = make_new_code(accounts, id, *email, changer.language, now);
  const auto old_code = make_old_code(accounts, id, changer.account, old, now);
  const EmailChange change{.id = id,
                           .account = changer.account,
                           .email = *email,
                           .code_hash = new_code.hash,
                           .code_expires_at = new_code.expires_at,
                           .old_code_hash = old_code.hash,
                           .old_code_expires_at = old_code.expires_at,
                           .created_at = now,
                           .expires_at = now + kEmailChangeLifetime};
  accounts.parts.database.write([&](db::Transaction& tx) {
    accounts.email_changes.replace(tx, change);
    accounts.parts.outbox.tell(tx, new_code.telling);
    accounts.parts.outbox.tell(tx, old_code.telling);
  });
  accounts.wake_deliverer();
  return EmailStep::new_code;
}

Result<EmailStep> send_email_change_code_again(Accounts& accounts, const EmailChanger& changer) {
  const auto found = find_change(accounts, changer.account);
  if (!found) return EmailStep::nothing;
  const bool is_new = !found->proved_at;
  const auto old = present_email(accounts, changer.account);
  if (auto counted = count_mail(accounts, is_new ? found->email : old); !counted) {
    return refuse(std::move(counted).error());
  }
  const auto now = accounts.parts.clock.now();
  const auto code = is_new ? make_new_code(accounts, found->id, found->email, changer.language, now)
                           : make_old_code(accounts, found->id, changer.account, old, now);
  accounts.parts.database.write([&](db::Transaction& tx) {
    auto change = accounts.email_changes.lock(tx, changer.account, now);
    if (!change || change->id != found->id || change->proved_at.has_value() == is_new) return;
    (is_new ? change->code_hash : change->old_code_hash) = code.hash;
    (is_new ? change->code_expires_at : change->old_code_expires_at) = code.expires_at;
    accounts.email_changes.save(tx, *change);
    accounts.parts.outbox.tell(tx, code.telling);
  });
  accounts.wake_deliverer();
  return is_new ? EmailStep::new_code : EmailStep::old_code;
}

Result<EmailStep> prove_new_email(Accounts& accounts, const EmailChanger& changer, std::string_view typed_code) {
  const auto found = find_change(accounts, changer.account);
  if (!found || found->proved_at) return EmailStep::nothing;
  const auto now = accounts.parts.clock.now();
  return check_code(accounts, changer, *found, found->email, true, typed_code,
                    [&](db::Transaction& tx, EmailChange& change) -> Result<EmailStep> {
                      change.proved_at = now;
                      accounts.email_changes.save(tx, change);
                      return EmailStep::old_code;
                    });
}

Result<EmailStep> prove_old_email(Accounts& accounts, const EmailChanger& changer, std::string_view typed_code) {
  const auto found = find_change(accounts, changer.account);
  if (!found || !found->proved_at) return EmailStep::nothing;
  const auto key = make_change_key(accounts);
  const auto old = present_email(accounts, changer.account);
  return or_conflict(accounts, [&] {
    return check_code(accounts, changer, *found, old, false, typed_code, [&](db::Transaction& tx, EmailChange& change) {
      return put_email(accounts, tx, key, changer, change.email);
    });
  });
}

Result<EmailStep> change_email_without_old(Accounts& accounts, const EmailChanger& changer, RecoveryFactor way,
                                           std::string_view typed_code) {
  const auto code = way == RecoveryFactor::backup_code ? parse_backup_code(typed_code) : parse_code(typed_code);
  if (!code) return refuse_factor(way, "form");
  const auto found = find_change(accounts, changer.account);
  if (!found || !found->proved_at) return EmailStep::nothing;
  auto places = reserve_factor_places(accounts, changer.account, way);
  if (!places) return refuse(places.error());
  const auto key = make_wait_key(accounts);
  const auto proof = read_factor_proof(accounts, changer.account, way, *code, key.now);
  if (!proof) {
    give_back_all(*places);
    return refuse(proof.error());
  }
  enum class Outcome { waits, wrong, out_of_turn };
  const auto outcome = accounts.parts.database.write([&](db::Transaction& tx) {
    const auto change = accounts.email_changes.lock(tx, changer.account, key.now);
    if (!change || change->id != found->id || !change->proved_at) return Outcome::out_of_turn;
    if (!use_factor_proof(accounts, tx, changer.account, *proof, key.now)) return Outcome::wrong;
    for (auto& place : *places) place.right_in(tx, key.now);
    accounts.email_changes.remove(tx, changer.account);
    start_wait(accounts, tx, key, changer.account, WaitKind::email_change, change->email.address);
    return Outcome::waits;
  });
  accounts.wake_deliverer();
  if (outcome == Outcome::waits) return EmailStep::waits;
  if (outcome == Outcome::wrong) {
    count_factor_as_wrong(accounts, changer.account, *places);
    return refuse_factor(way, "wrong");
  }
  give_back_all(*places);
  return EmailStep::nothing;
}

Result<EmailStep> finish_email_change(Accounts& accounts, const EmailChanger& changer) {
  const auto key = make_change_key(accounts);
  return or_conflict(accounts, [&] {
    return accounts.parts.database.write([&](db::Transaction& tx) -> Result<EmailStep> {
      const auto wait = accounts.waits.find_open(tx, changer.account, WaitKind::email_change, key.wait.now);
      const auto finished = wait ? finish_wait(accounts, tx, key.wait, wait->id) : std::nullopt;
      if (!finished) return EmailStep::nothing;
      return put_email(accounts, tx, key, changer, parse_email(finished->content).value());
    });
  });
}

void give_up_email_change(Accounts& accounts, const EmailChanger& changer) {
  const auto key = make_wait_key(accounts);
  accounts.parts.database.write([&](db::Transaction& tx) {
    accounts.email_changes.remove(tx, changer.account);
    const auto wait = accounts.waits.find_open(tx, changer.account, WaitKind::email_change, key.now);
    if (wait) cancel_wait(accounts, tx, key, wait->id);
  });
  accounts.wake_deliverer();
}

}  // namespace waymark::accounts
