#include "features/cases/representing/verify.hpp"

#include "base/text.hpp"
#include "features/cases/limits.hpp"
#include "features/cases/representing/representative_store.hpp"
#include "journal/audit.hpp"

namespace waymark::cases {
namespace {

SealPlace organisation_place(RepresentativeId id) { return {"representatives", "organisation_sealed", id.value}; }
SealPlace licence_place(RepresentativeId id) { return {"representatives", "licence_sealed", id.value}; }

struct ReadAsking {
  RepresentativeKind kind{};
  std::string organisation, licence;
};
Result<ReadAsking> read(const RepresentativeRequest& request) {
  Failure failure{.kind = FailureKind::bad_input, .message = {"web.error.check_answers", {}}};
  const auto kind = find_representative_kind(request.kind);
  if (!kind) failure.fields.push_back({"kind", {"cases.error.representative_kind", {}}});
  ReadAsking read{kind.value_or(RepresentativeKind::lawyer), tidy_line(request.organisation),
                  tidy_line(request.licence)};
  if (read.organisation.empty() || count_code_points(read.organisation) > kOrganisationMax)
    failure.fields.push_back({"organisation", {"cases.error.organisation", {}}});
  if (read.licence.empty() || count_code_points(read.licence) > kLicenceMax)
    failure.fields.push_back({"licence", {"cases.error.licence", {}}});
  if (!failure.fields.empty()) return refuse(std::move(failure));
  return read;
}

Representative open(const Cases& cases, const StoredRepresentative& stored) {
  const auto& sealer = cases.parts().sealer;
  return {.account = stored.account,
          .kind = stored.kind,
          .organisation = sealer.open(organisation_place(stored.id), stored.sealed_organisation),
          .licence = sealer.open(licence_place(stored.id), stored.sealed_licence),
          .state = stored.state,
          .asked_at = stored.asked_at,
          .decided_at = stored.decided_at};
}

std::string_view event_of(RepresentativeState to) {
  switch (to) {
    case RepresentativeState::verified:
      return "representative.verified";
    case RepresentativeState::refused:
      return "representative.refused";
    default:
      return "representative.withdrawn";
  }
}

std::string_view telling_of(RepresentativeState to) {
  switch (to) {
    case RepresentativeState::verified:
      return "cases.representative_verified";
    case RepresentativeState::refused:
      return "cases.representative_refused";
    default:
      return "cases.representative_withdrawn";
  }
}

}  // namespace

Result<void> ask_to_represent(const Cases& cases, AccountId account, const RepresentativeRequest& request,
                              std::string_view network) {
  const auto& parts = cases.parts();
  const auto asking = read(request);
  if (!asking) return std::unexpected(asking.error());
  if (auto counted = parts.throttle.count(kVerificationRequests, fmt::to_string(account.value),
                                          "cases.error.verification_requests");
      !counted) {
    return std::unexpected(std::move(counted).error());
  }
  StoredRepresentative row{.id = parts.ids.next<RepresentativeId>(),
                           .account = account,
                           .kind = asking->kind,
                           .sealed_organisation = {},
                           .sealed_licence = {},
                           .state = RepresentativeState::waiting,
                           .asked_at = parts.clock.now()};
  row.sealed_organisation = parts.sealer.seal(organisation_place(row.id), asking->organisation);
  row.sealed_licence = parts.sealer.seal(licence_place(row.id), asking->licence);
  const auto audit_id = parts.ids.next_value();
  const bool is_asked = parts.database.write([&](db::Transaction& tx) {
    if (!ask_as_representative(tx, row)) return false;
    journal::record(tx, {.id = audit_id,
                         .at = row.asked_at,
                         .event = "representative.asked",
                         .account = account,
                         .detail = to_text(row.kind),
                         .network = std::string(network)});
    return true;
  });
  if (!is_asked) return refuse(FailureKind::conflict, "cases.error.verified_already");
  return {};
}

bool is_verified(db::Snapshot& snapshot, AccountId account) {
  const auto found = find_representative(snapshot, account);
  return found && found->state == RepresentativeState::verified;
}

std::optional<Representative> find_own_representative(const Cases& cases, db::Snapshot& snapshot, AccountId account) {
  const auto stored = find_representative(snapshot, account);
  return stored ? std::optional(open(cases, *stored)) : std::nullopt;
}

std::vector<Representative> list_all_representatives(const Cases& cases, db::Snapshot& snapshot,
                                                     RepresentativeState state, int most) {
  std::vector<Representative> all;
  for (const auto& stored : list_representatives(snapshot, state, most)) all.push_back(open(cases, stored));
  return all;
}

Result<void> decide_representative(const Cases& cases, AccountId account, RepresentativeState to, OfficerId by,
                                   std::string_view actor, Instant seen_asked_at) {
  const auto& parts = cases.parts();
  const auto now = parts.clock.now();
  const auto audit_id = parts.ids.next_value();
  const auto told = parts.ids.next<journal::OutboxId>();
  const bool is_decided = parts.database.write([&](db::Transaction& tx) {
    const auto stored = find_representative(tx, account);
    if (!stored || stored->asked_at != seen_asked_at) return false;
    if (!decide_representative_row(tx, account, to, by, now)) return false;
    journal::record(tx, {.id = audit_id, .at = now, .event = event_of(to), .account = account, .actor = actor});
    if (to == RepresentativeState::withdrawn) end_with_verification(cases, tx, account, now);
    parts.outbox.tell(tx, {.id = told, .kind = std::string(telling_of(to)), .account = account});
    return true;
  });
  if (!is_decided) return refuse(FailureKind::conflict, "cases.error.decided_before");
  return {};
}

}  // namespace waymark::cases
