#include "features/office/invite_officer.hpp"

#include "base/text.hpp"
#include "features/office/limits.hpp"
#include "journal/audit.hpp"

namespace waymark::office {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kHandleBytes = 64;

struct Link {
  InvitationId id{};
  std::string token{}, token_hash{};
  Instant now{}, expires_at{};

  std::string path() const { return "/office/welcome/" + token; }
  std::string address(const Office& office) const { return office.parts.origin + path(); }
};

Link make_link(const Office& office, std::chrono::seconds lifetime) {
  const auto& base = office.base();
  Link link{.id = base.ids.next<InvitationId>(), .token = base.random.token(kTokenBytes), .now = base.clock.now()};
  link.token_hash = sha256(link.token);
  link.expires_at = link.now + lifetime;
  return link;
}

Result<Officer> read(const Office& office, const NewOfficer& wanted) {
  const auto& base = office.base();
  Failure failure{.kind = FailureKind::bad_input, .message = {}};
  const auto email = parse_email(wanted.email);
  if (!email) failure.fields.push_back({"email", {"office.error.email"}});
  const auto name = tidy_line(wanted.name);
  if (name.empty() || count_code_points(name) > kOfficerNameLengthMax)
    failure.fields.push_back({"name", {"office.error.name"}});
  const auto unit = tidy_line(wanted.unit);
  if (unit.empty() || count_code_points(unit) > kUnitLengthMax)
    failure.fields.push_back({"unit", {"office.error.unit"}});
  if (!failure.fields.empty()) return refuse(std::move(failure));
  return Officer{.id = base.ids.next<OfficerId>(),
                 .email = *email,
                 .name = name,
                 .handle = base.random.bytes(kHandleBytes),
                 .role = wanted.role,
                 .unit = unit,
                 .language = wanted.language,
                 .created_at = base.clock.now()};
}

void tell(const Office& office, db::Transaction& tx, journal::OutboxId id, const Officer& officer, const Link& link) {
  office.base().outbox.tell(tx, {.id = id,
                                 .kind = "office.invitation",
                                 .email = officer.email.address,
                                 .language = officer.language,
                                 .arguments = {{"link", link.path()}},
                                 .useless_after = link.expires_at});
}

// Everything of the officer that opens a door, and what is open already.
void take_keys(const Office& office, db::Transaction& tx, OfficerId officer, Instant now) {
  office.officers.remove_passkeys(tx, officer);
  office.sessions.end_all(tx, officer, now);
}

}  // namespace

Result<std::string> invite_first_administrator(Office& office, const NewOfficer& wanted, bool even_so) {
  const auto officer = read(office, wanted);
  if (!officer) return refuse(officer.error());
  const auto link = make_link(office, kFirstLinkLifetime);
  const auto audit_id = office.base().ids.next_value();
  const bool is_invited = office.database().write([&](db::Transaction& tx) {
    if (!even_so && office.officers.has_active_administrator(tx)) return false;
    const auto known = office.officers.find_by_email(tx, officer->email.canonical);
    const auto id = known ? known->id : officer->id;
    if (known) {
      take_keys(office, tx, id, link.now);
      office.officers.set_seat(tx, id, web::OfficeRole::administrator, officer->unit);
      office.officers.set_state(tx, id, OfficerState::invited);
    } else {
      office.officers.add(tx, *officer);
    }
    office.officers.add_invitation(tx, link.id, id, link.token_hash, link.now, link.expires_at);
    journal::record(tx, {.id = audit_id,
                         .at = link.now,
                         .event = "office.administrator_invited",
                         .actor = "operator",
                         .detail = even_so ? "even_so" : ""});
    return true;
  });
  if (!is_invited) return refuse(FailureKind::conflict, "office.error.has_administrator");
  return link.address(office);
}

Result<OfficerId> invite_officer(Office& office, OfficerId by, const NewOfficer& wanted) {
  const auto officer = read(office, wanted);
  if (!officer) return refuse(officer.error());
  const auto link = make_link(office, kInvitationLifetime);
  const auto telling = office.base().ids.next<journal::OutboxId>();
  const auto audit_id = office.base().ids.next_value();
  const bool is_new = office.database().write([&](db::Transaction& tx) {
    if (!office.officers.add(tx, *officer)) return false;
    office.officers.add_invitation(tx, link.id, officer->id, link.token_hash, link.now, link.expires_at);
    tell(office, tx, telling, *officer, link);
    record(tx, {.audit_id = audit_id,
                .at = link.now,
                .event = "office.officer_invited",
                .officer = by,
                .detail = fmt::format("{} {}", officer_actor(officer->id), web::to_text(officer->role))});
    return true;
  });
  if (!is_new) return refuse_field("email", "office.error.email_taken");
  office.parts.accounts.wake_deliverer();
  return officer->id;
}

Result<void> invite_again(Office& office, OfficerId by, OfficerId officer) {
  const auto link = make_link(office, kInvitationLifetime);
  const auto telling = office.base().ids.next<journal::OutboxId>();
  const auto audit_id = office.base().ids.next_value();
  const bool is_there = office.database().write([&](db::Transaction& tx) {
    const auto found = office.officers.find(tx, officer);
    if (!found || found->state == OfficerState::stopped) return false;
    take_keys(office, tx, officer, link.now);
    office.officers.set_state(tx, officer, OfficerState::invited);
    office.officers.add_invitation(tx, link.id, officer, link.token_hash, link.now, link.expires_at);
    tell(office, tx, telling, *found, link);
    record(tx, {.audit_id = audit_id,
                .at = link.now,
                .event = "office.officer_invited_again",
                .officer = by,
                .detail = officer_actor(officer)});
    return true;
  });
  if (!is_there) return refuse(FailureKind::not_found, "web.error.not_found");
  office.parts.accounts.wake_deliverer();
  return {};
}

namespace {

enum class Changed { yes, missing, last_administrator };

Result<void> answer(Changed changed) {
  if (changed == Changed::missing) return refuse(FailureKind::not_found, "web.error.not_found");
  if (changed == Changed::last_administrator) return refuse(FailureKind::conflict, "office.error.last_administrator");
  return {};
}

}  // namespace

Result<void> change_seat(Office& office, OfficerId by, OfficerId officer, web::OfficeRole role,
                         std::string_view typed_unit) {
  const auto unit = tidy_line(typed_unit);
  if (unit.empty() || count_code_points(unit) > kUnitLengthMax) return refuse_field("unit", "office.error.unit");
  const auto now = office.base().clock.now();
  const auto audit_id = office.base().ids.next_value();
  return answer(office.database().write([&](db::Transaction& tx) {
    const auto found = office.officers.find(tx, officer);
    if (!found || found->state == OfficerState::stopped) return Changed::missing;
    const bool leaves = found->role == web::OfficeRole::administrator && role != found->role;
    if (leaves && !office.officers.has_other_administrator(tx, officer)) return Changed::last_administrator;
    office.officers.set_seat(tx, officer, role, unit);
    office.sessions.end_all(tx, officer, now);
    record(tx, {.audit_id = audit_id,
                .at = now,
                .event = "office.seat_changed",
                .officer = by,
                .detail = fmt::format("{} {}", officer_actor(officer), web::to_text(role))});
    return Changed::yes;
  }));
}

Result<void> stop_officer(Office& office, OfficerId by, OfficerId officer) {
  const auto now = office.base().clock.now();
  const auto audit_id = office.base().ids.next_value();
  return answer(office.database().write([&](db::Transaction& tx) {
    const auto found = office.officers.find(tx, officer);
    if (!found || found->state == OfficerState::stopped) return Changed::missing;
    if (found->role == web::OfficeRole::administrator && !office.officers.has_other_administrator(tx, officer))
      return Changed::last_administrator;
    take_keys(office, tx, officer, now);
    office.officers.set_state(tx, officer, OfficerState::stopped);
    record(tx, {.audit_id = audit_id,
                .at = now,
                .event = "office.officer_stopped",
                .officer = by,
                .detail = officer_actor(officer)});
    return Changed::yes;
  }));
}

std::string demo_link(Office& office, const NewOfficer& wanted) {
  const auto officer = read(office, wanted);
  const auto link = make_link(office, kInvitationLifetime);
  office.database().write([&](db::Transaction& tx) {
    const auto known = office.officers.find_by_email(tx, officer->email.canonical);
    if (!known) office.officers.add(tx, *officer);
    office.officers.add_invitation(tx, link.id, known ? known->id : officer->id, link.token_hash, link.now,
                                   link.expires_at);
  });
  return link.address(office);
}

}  // namespace waymark::office
