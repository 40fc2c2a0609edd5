#include "features/accounts/data/account_data.hpp"

#include "features/accounts/accounts.hpp"
#include "features/accounts/devices/device_store.hpp"
#include "features/accounts/factors/passkeys.hpp"
#include "features/accounts/sessions/session_store.hpp"
#include "journal/audit.hpp"

namespace waymark::accounts {
namespace {

using boost::json::array;
using boost::json::object;

// Every table of this feature that has rows of an account: what is not here would outlive it (closing_test.cpp looks).
constexpr db::Query kErasures[] = {
    {"accounts.erase_codes", "DELETE FROM sign_in_codes WHERE account = $1"},
    {"accounts.erase_pending_factors", "DELETE FROM pending_factors WHERE account = $1"},
    {"accounts.erase_ways_in", "DELETE FROM ways_in WHERE account = $1"},
    {"accounts.erase_passkeys", "DELETE FROM passkeys WHERE account = $1"},
    {"accounts.erase_passkey_handles", "DELETE FROM passkey_handles WHERE account = $1"},
    {"accounts.erase_form_drafts", "DELETE FROM form_drafts WHERE account = $1"},
    {"accounts.erase_apps", "DELETE FROM totp_factors WHERE account = $1"},
    {"accounts.erase_backup_codes", "DELETE FROM backup_codes WHERE account = $1"},
    {"accounts.erase_phones", "DELETE FROM phones WHERE account = $1"},
    {"accounts.erase_devices", "DELETE FROM devices WHERE account = $1"},
    {"accounts.erase_mail_links", "DELETE FROM mail_links WHERE account = $1"},
    {"accounts.erase_waits", "DELETE FROM account_waits WHERE account = $1"},
    {"accounts.erase_recoveries", "DELETE FROM recoveries WHERE account = $1"},
    {"accounts.erase_reset_requests", "DELETE FROM factor_reset_requests WHERE account = $1"},
    {"accounts.erase_email_changes", "DELETE FROM email_changes WHERE account = $1"},
};

constexpr int kActivityMost = 100'000;

boost::json::value moment(const std::optional<Instant>& at) {
  return at ? boost::json::value(to_iso(*at)) : boost::json::value(nullptr);
}

object account_of(const Profile& profile, const Consent& consent, const std::string& phrase) {
  return {{"given_name", profile.given_name},
          {"family_name", profile.family_name},
          {"date_of_birth", to_iso(profile.date_of_birth)},
          {"email", profile.email.address},
          {"language", profile.language},
          {"time_zone", profile.time_zone ? boost::json::value(*profile.time_zone) : boost::json::value(nullptr)},
          {"phrase_in_our_emails", phrase.empty() ? boost::json::value(nullptr) : boost::json::value(phrase)},
          {"opened_at", to_iso(profile.created_at)},
          {"last_sign_in_at", moment(profile.signed_in_at)},
          {"consents", array{object{{"version", consent.version}, {"agreed_at", to_iso(consent.at)}}}}};
}

array phones_of(const std::vector<Phone>& phones) {
  array all;
  for (const auto& phone : phones) {
    all.push_back(object{{"number", phone.number},
                         {"proved_at", to_iso(phone.proved_at)},
                         {"is_second_factor", phone.is_second_factor},
                         {"codes_are_spoken", phone.is_spoken_to}});
  }
  return all;
}

// Names and dates, never what proves anything.
object sign_in_of(const std::vector<TotpFactor>& apps, const std::vector<Passkey>& passkeys, int backup_codes_left) {
  array all;
  for (const auto& app : apps) all.push_back(object{{"name", app.name}, {"added_at", to_iso(app.created_at)}});
  array keys;
  for (const auto& key : passkeys) {
    keys.push_back(
        object{{"name", key.name}, {"added_at", to_iso(key.created_at)}, {"last_used_at", moment(key.used_at)}});
  }
  return {
      {"authenticator_apps", std::move(all)}, {"passkeys", std::move(keys)}, {"backup_codes_left", backup_codes_left}};
}

array devices_of(const std::vector<Device>& devices) {
  array all;
  for (const auto& device : devices) {
    all.push_back(object{{"browser", device.browser},
                         {"system", device.system},
                         {"first_sign_in_at", to_iso(device.first_seen_at)},
                         {"last_sign_in_at", to_iso(device.signed_in_at)},
                         {"remembered_until", moment(device.remembered_until)}});
  }
  return all;
}

array sessions_of(const std::vector<SessionRow>& sessions) {
  array all;
  for (const auto& session : sessions) {
    all.push_back(object{{"signed_in_at", moment(session.signed_in_at)},
                         {"last_seen_at", to_iso(session.last_seen_at)},
                         {"begun_with", session.method},
                         {"browser", session.browser},
                         {"system", session.system},
                         {"is_shared_computer", session.is_shared}});
  }
  return all;
}

array activity_of(const std::vector<journal::AuditRow>& rows) {
  array all;
  for (const auto& row : rows) {
    all.push_back(object{{"at", to_iso(row.at)}, {"event", row.event}, {"by", row.actor}, {"detail", row.detail}});
  }
  return all;
}

}  // namespace

std::vector<DataFile> AccountData::collect(db::Snapshot& snapshot, AccountId account, Instant now) const {
  const auto profile = accounts_.store.load_profile(snapshot, account);
  std::vector<DataFile> files;
  files.push_back({"account.json", "accounts.data.file_account",
                   account_of(profile, accounts_.store.load_consent(snapshot, account),
                              accounts_.store.find_phrase(snapshot, account))});
  files.push_back({"phones.json", "accounts.data.file_phones", phones_of(accounts_.phones.list(snapshot, account))});
  files.push_back(
      {"sign-in.json", "accounts.data.file_sign_in",
       sign_in_of(accounts_.factors.list_totp(snapshot, account), passkey_store(accounts_).list(snapshot, account),
                  accounts_.factors.count_unused_backup_codes(snapshot, account))});
  files.push_back({"devices.json", "accounts.data.file_devices", devices_of(list_devices(snapshot, account))});
  files.push_back(
      {"sessions.json", "accounts.data.file_sessions", sessions_of(list_living_sessions(snapshot, account, now))});
  files.push_back({"activity.json", "accounts.data.file_activity",
                   activity_of(journal::list_for_account(snapshot, account, kActivityMost))});
  return files;
}

void AccountData::erase(db::Transaction& tx, AccountId account) const {
  for (const auto& query : kErasures) tx.run(query, {account});
  delete_sessions_of(tx, account);
}

}  // namespace waymark::accounts
