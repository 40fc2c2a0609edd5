#include "app/commands.hpp"

#include "app/audit_command.hpp"
#include "app/backup.hpp"
#include "app/sealed_columns.hpp"
#include "base/email.hpp"
#include "base/text.hpp"
#include "features/accounts/recovery/vouching.hpp"
#include "features/accounts/sign_in/sign_in.hpp"
#include "features/cases/connecting/export_letters.hpp"
#include "features/feed/feed_keys.hpp"
#include "features/feed/import_feed.hpp"
#include "features/office/invite_officer.hpp"
#include "journal/audit.hpp"

namespace waymark::app {
namespace {

int import_file(Features& features, const std::string& file, std::ostream& out, std::ostream& errors) {
  const auto summary = feed::import_feed(features.cases, file, [&](const feed::RefusedRecord& refused) {
    const std::string where =
        refused.line > 0 ? fmt::format("line {}", refused.line) : std::string("held back earlier");
    errors << fmt::format("{}: {}: {}{}\n", where, refused.record.empty() ? "(no record)" : refused.record,
                          refused.field.empty() ? "" : refused.field + ": ", refused.reason);
  });
  if (summary.was_resumed) out << "Went on where an earlier import of this file was ended.\n";
  out << fmt::format(
      "{} lines: {} records went in, {} were known already, {} refused. {} wait for the ones before them.\n",
      summary.lines, summary.went_in, summary.known, summary.refused, summary.waiting);
  return summary.refused > 0 ? 1 : 0;
}

int export_letters(Foundation& foundation, Features& features, const std::string& folder, std::ostream& out) {
  const auto exported = cases::export_letters(features.cases, foundation.words, foundation.origin(), folder);
  out << fmt::format("{} letters written to {}. Post them, then delete the files: each holds an access code.\n",
                     exported.written, folder);
  return 0;
}

int check_keys(Foundation& foundation, std::ostream& out) {
  const auto check = check_sealed(foundation, 0);
  out << fmt::format("{} sealed values read: {} don't open, {} are sealed with an older root key.\n", check.read,
                     check.unreadable, check.outdated);
  return check.unreadable > 0 ? 1 : 0;
}

// An operator's act on one account; the address is not repeated in what is printed or recorded.
int set_locked(Foundation& foundation, Features& features, const std::string& typed, bool locked, std::ostream& out,
               std::ostream& errors) {
  const auto email = parse_email(typed);
  const auto account =
      email ? features.accounts.store.find_by_email(*foundation.database->snapshot(), email->canonical) : std::nullopt;
  if (!account) {
    errors << "No account has this address.\n";
    return 2;
  }
  const auto now = foundation.clock->now();
  const auto audit_id = foundation.ids.next_value();
  const auto sessions_audit_id = foundation.ids.next_value();
  foundation.database->write([&](db::Transaction& tx) {
    features.accounts.store.set_locked(tx, *account, locked);
    if (locked) features.accounts.sessions.end_all(tx, *account, SessionId{}, sessions_audit_id, now);
    if (!locked) accounts::forget_failed_tries(features.accounts, tx, *account, email->canonical);
    journal::record(tx, {.id = audit_id,
                         .at = now,
                         .event = locked ? "account.locked" : "account.unlocked",
                         .account = *account,
                         .actor = "operator"});
  });
  out << (locked ? "Locked; every session of the account is ended.\n" : "Unlocked; failed tries are forgotten.\n");
  return 0;
}

// An operator vouches for somebody who lost every second factor; the second of two different ones starts the wait.
int vouch(Foundation& foundation, Features& features, const std::string& typed, const std::string& name,
          std::ostream& out, std::ostream& errors) {
  if (!accounts::is_operator_name(name)) {
    errors << "--operator: 2 to 32 of a-z, 0-9, dot and dash; the audit trail holds it.\n";
    return 2;
  }
  const auto email = parse_email(typed);
  const auto account =
      email ? features.accounts.store.find_by_email(*foundation.database->snapshot(), email->canonical) : std::nullopt;
  if (!account) {
    errors << "No account has this address.\n";
    return 2;
  }
  switch (accounts::vouch_as_operator(features.accounts, *account, name)) {
    case accounts::Vouching::nothing_requested:
      errors << "Nobody asks for this. The person asks first, at /recover/second-factor; it holds for seven days.\n";
      return 1;
    case accounts::Vouching::same_operator:
      errors << "This operator vouched already. It takes a second, different one.\n";
      return 1;
    case accounts::Vouching::first_of_two:
      out << "Written down. A second, different operator has to say the same.\n";
      return 0;
    case accounts::Vouching::wait_started:
      out << "Both agree. The person is told on every channel, and can set up a new app after 24 hours.\n";
      return 0;
  }
  return 2;
}

// Failures in English, for the terminal.
int tell_failure(const Foundation& foundation, const Failure& failure, std::ostream& errors) {
  const auto& english = foundation.words.english();
  errors << english.text(failure.message) << "\n";
  for (const auto& field : failure.fields) errors << field.field << ": " << english.text(field.message) << "\n";
  return 2;
}

// The link goes to the terminal of whoever runs the installation, and nowhere else.
int invite_administrator(Foundation& foundation, Features& features, const std::vector<std::string>& words,
                         std::ostream& out, std::ostream& errors) {
  const bool even_so = words.size() == 6 && words[5] == "even-so";
  const auto link = office::invite_first_administrator(features.office,
                                                       {.email = words[2],
                                                        .name = words[3],
                                                        .unit = words[4],
                                                        .role = web::OfficeRole::administrator,
                                                        .language = foundation.catalogue.brand().default_language},
                                                       even_so);
  if (!link) return tell_failure(foundation, link.error(), errors);
  out << fmt::format("Open this in the browser of the new administrator. It is good once, for an hour:\n\n  {}\n",
                     *link);
  return 0;
}

int tell_secret(const Foundation& foundation, const Result<feed::IssuedKey>& issued, std::ostream& out,
                std::ostream& errors) {
  if (!issued) return tell_failure(foundation, issued.error(), errors);
  out << fmt::format("Key {}. It is shown once; keep it where the sending system reads it:\n\n{}\n", issued->id.value,
                     issued->secret);
  return 0;
}

// words: "feed", "key", then "issue" NAME PREFIXES DAYS, "list", "rotate" ID or "revoke" ID.
int keep_feed_keys(Foundation& foundation, Features& features, const std::vector<std::string>& words, std::ostream& out,
                   std::ostream& errors) {
  const auto& act = words[2];
  const feed::FeedKeyId id{words.size() == 4 ? parse_integer(words[3]).value_or(0) : 0};
  if (act == "issue" && words.size() == 6) {
    return tell_secret(
        foundation,
        feed::issue_key(
            features.cases, "operator",
            {.name = words[3], .prefixes = words[4], .days = static_cast<int>(parse_integer(words[5]).value_or(0))}),
        out, errors);
  }
  if (act == "rotate") return tell_secret(foundation, feed::rotate_key(features.cases, "operator", id), out, errors);
  if (act == "revoke") {
    const auto revoked = feed::revoke_key(features.cases, "operator", id);
    if (!revoked) return tell_failure(foundation, revoked.error(), errors);
    out << "The key has ended.\n";
    return 0;
  }
  for (const auto& key : feed::list_keys(*foundation.database->snapshot())) {
    std::string prefixes;
    for (const auto& prefix : key.prefixes) prefixes += " " + prefix;
    out << fmt::format("{}  {:<30} {:<8} until {}{}\n", key.id.value, key.name,
                       key.is_good(foundation.clock->now()) ? "good" : "ended", to_iso(key.expires_at), prefixes);
  }
  return 0;
}

int list_dead(Foundation& foundation, std::ostream& out) {
  const auto dead = foundation.outbox.list_dead(*foundation.database->snapshot());
  for (const auto& item : dead) {
    out << fmt::format("{}  {:<32} {} tries, since {}\n", item.id.value, item.kind, item.attempts,
                       to_iso(item.created_at));
  }
  out << fmt::format("{} messages could not be delivered.\n", dead.size());
  return 0;
}

}  // namespace

int run_command(Foundation& foundation, Features& features, const std::vector<std::string>& words, std::ostream& out,
                std::ostream& errors) {
  try {
    const std::string first = words.empty() ? "" : words[0];
    const std::string second = words.size() > 1 ? words[1] : "";
    if (first == "feed" && second == "import" && words.size() == 3) return import_file(features, words[2], out, errors);
    if (first == "letters" && second == "export" && words.size() == 3)
      return export_letters(foundation, features, words[2], out);
    if (first == "backup" && words.size() == 2) {
      back_up(foundation, second, out);
      return 0;
    }
    if (first == "keys" && second == "check" && words.size() == 2) return check_keys(foundation, out);
    if (first == "audit" && second == "verify" && words.size() == 2) return verify_audit(foundation, out, errors);
    if (first == "account" && words.size() == 3 && (second == "lock" || second == "unlock")) {
      return set_locked(foundation, features, words[2], second == "lock", out, errors);
    }
    if (first == "account" && second == "reset-second-factor" && words.size() == 4) {
      return vouch(foundation, features, words[2], words[3], out, errors);
    }
    if (first == "feed" && second == "key" && words.size() >= 3)
      return keep_feed_keys(foundation, features, words, out, errors);
    if (first == "office" && second == "invite-admin" && (words.size() == 5 || words.size() == 6))
      return invite_administrator(foundation, features, words, out, errors);
    if (first == "outbox" && second == "dead" && words.size() == 2) return list_dead(foundation, out);
    errors << "This waymark does not know that command; is the running server an older one?\n";
  } catch (const std::exception& error) {
    errors << "waymark: " << error.what() << "\n";
  }
  return 2;
}

}  // namespace waymark::app
