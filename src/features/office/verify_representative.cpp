#include "features/office/verify_representative.hpp"

#include "features/cases/representing/verify.hpp"

namespace waymark::office {
namespace {

constexpr int kRepresentativesMax = 100;

std::optional<CheckedRepresentative> with_person(Office& office, db::Snapshot& snapshot, cases::Representative of) {
  const auto profile = office.parts.accounts.store.find_profile(snapshot, of.account);
  if (!profile || profile->state == accounts::AccountState::closed) return std::nullopt;
  return CheckedRepresentative{
      .of = std::move(of), .name = accounts::full_name(*profile), .email = profile->email.address};
}

}  // namespace

std::vector<CheckedRepresentative> list_representatives(Office& office, cases::RepresentativeState state) {
  std::vector<CheckedRepresentative> all;
  const auto snapshot = office.database().snapshot();
  for (auto& one : cases::list_all_representatives(office.parts.cases, *snapshot, state, kRepresentativesMax)) {
    if (auto person = with_person(office, *snapshot, std::move(one))) all.push_back(std::move(*person));
  }
  return all;
}

std::optional<CheckedRepresentative> open_representative(Office& office, const web::OfficeSeat& by, AccountId account) {
  std::optional<CheckedRepresentative> person;
  {
    const auto snapshot = office.database().snapshot();
    auto own = cases::find_own_representative(office.parts.cases, *snapshot, account);
    if (own) person = with_person(office, *snapshot, std::move(*own));
  }
  if (!person) return std::nullopt;
  record_account_look(office, by.officer, account);
  return person;
}

Result<void> decide(Office& office, const web::OfficeSeat& by, AccountId account, cases::RepresentativeState to,
                    Instant seen_asked_at) {
  return cases::decide_representative(office.parts.cases, account, to, by.officer, officer_actor(by.officer),
                                      seen_asked_at);
}

}  // namespace waymark::office
