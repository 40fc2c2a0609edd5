#include "features/office/help_person.hpp"

#include <algorithm>

#include "features/accounts/sign_in/sign_in.hpp"

namespace waymark::office {
namespace {

constexpr int kRecoveriesMax = 100;

std::string vouching_name(OfficerId officer) { return fmt::format("officer-{}", officer.value); }

std::optional<HelpedPerson> find_person(Office& office, db::Snapshot& snapshot, AccountId account) {
  const auto profile = office.parts.accounts.store.find_profile(snapshot, account);
  if (!profile || profile->state == accounts::AccountState::closed) return std::nullopt;
  return HelpedPerson{
      .account = account,
      .name = profile->given_name.empty() ? profile->family_name : profile->given_name + " " + profile->family_name,
      .email = profile->email.address,
      .state = profile->state};
}

void add_request(HelpedPerson& person, const accounts::VouchingRequest& request, OfficerId by) {
  person.requested_at = request.requested_at;
  person.is_vouched_once = !request.first_operator.empty();
  person.did_asker_vouch = request.first_operator == vouching_name(by);
}

}  // namespace

std::optional<HelpedPerson> open_person(Office& office, const web::OfficeSeat& by, AccountId account) {
  std::optional<HelpedPerson> person;
  {
    const auto snapshot = office.database().snapshot();
    person = find_person(office, *snapshot, account);
    if (!person) return std::nullopt;
    const auto requests = accounts::list_vouching_requests(*snapshot, office.base().clock.now(), kRecoveriesMax);
    const auto request = std::ranges::find(requests, account, &accounts::VouchingRequest::account);
    if (request != requests.end()) add_request(*person, *request, by.officer);
  }
  record_account_look(office, by.officer, account);
  return person;
}

std::vector<HelpedPerson> list_recoveries(Office& office, const web::OfficeSeat& by) {
  std::vector<HelpedPerson> people;
  const auto snapshot = office.database().snapshot();
  for (const auto& request : accounts::list_vouching_requests(*snapshot, office.base().clock.now(), kRecoveriesMax)) {
    auto person = find_person(office, *snapshot, request.account);
    if (!person) continue;
    add_request(*person, request, by.officer);
    people.push_back(std::move(*person));
  }
  return people;
}

Result<accounts::Vouching> vouch(Office& office, const web::OfficeSeat& by, AccountId account,
                                 std::string_view document) {
  if (std::ranges::find(kDocuments, document) == kDocuments.end())
    return refuse_field("document", "office.error.document");
  const auto vouched = accounts::vouch_as_operator(office.parts.accounts, account, vouching_name(by.officer), document);
  if (vouched == accounts::Vouching::nothing_requested)
    return refuse(FailureKind::conflict, "office.error.nothing_requested");
  if (vouched == accounts::Vouching::same_operator) return refuse(FailureKind::conflict, "office.error.same_officer");
  return vouched;
}

Result<void> forget_failed_tries(Office& office, const web::OfficeSeat& by, AccountId account) {
  auto& accounts = office.parts.accounts;
  const auto now = office.base().clock.now();
  const auto audit_id = office.base().ids.next_value();
  const bool is_there = office.database().write([&](db::Transaction& tx) {
    const auto profile = accounts.store.find_profile(tx, account);
    if (!profile || profile->state != accounts::AccountState::active) return false;
    accounts::forget_failed_tries(accounts, tx, account, profile->email.canonical);
    record(tx,
           {.audit_id = audit_id, .at = now, .event = "account.unlocked", .officer = by.officer, .account = account});
    return true;
  });
  if (!is_there) return refuse(FailureKind::not_found, "web.error.not_found");
  return {};
}

}  // namespace waymark::office
