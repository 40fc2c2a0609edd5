#include "features/cases/sharing/share_case.hpp"

#include "catalogue/words.hpp"
#include "features/cases/limits.hpp"
#include "journal/audit.hpp"

namespace waymark::cases {
namespace {

std::unexpected<Failure> missing() { return refuse(FailureKind::not_found, "web.error.not_found"); }

SealPlace place_of(HelpingId id) { return {"case_helpers", "email_sealed", id.value}; }

struct ReadOffer {
  Email email;
  Instant ends_at{};
};
Result<ReadOffer> read_offer(const Sharing& sharing, const HelperOffer& offer, const Email& own, Instant now) {
  Failure failure{.kind = FailureKind::bad_input, .message = {"web.error.check_answers", {}}};
  const auto email = parse_email(offer.email);
  if (!email) failure.fields.push_back({"email", {"cases.error.helper_email", {}}});
  if (email && email->canonical == own.canonical)
    failure.fields.push_back({"email", {"cases.error.helper_is_you", {}}});
  const auto& zone = sharing.cases().parts().catalogue.brand().time_zone;
  const auto today = catalogue::day_in_zone(now, zone);
  const bool is_day = offer.until && *offer.until >= today && to_days(*offer.until) <= to_days(today) + kHelpDaysMax;
  if (!is_day) failure.fields.push_back({"until", {"cases.error.helper_until", {}}});
  if (!failure.fields.empty()) return refuse(std::move(failure));
  const Date next_day{to_days(*offer.until) + std::chrono::days{1}};
  return ReadOffer{*email, catalogue::instant_in_zone(next_day, 0, 0, zone)};
}

void note(db::Transaction& tx, std::int64_t id, Instant now, std::string_view event, AccountId account,
          const Helping& helping, std::string_view network) {
  journal::record(tx, {.id = id,
                       .at = now,
                       .event = event,
                       .account = account,
                       .on_case = helping.on_case,
                       .detail = helping.may_act ? "look_and_act" : "look",
                       .network = std::string(network)});
}

}  // namespace

Result<void> offer_help(const Sharing& sharing, AccountId account, std::string_view receipt_number,
                        const HelperOffer& offer, std::string_view network) {
  const auto& parts = sharing.cases().parts();
  const auto now = parts.clock.now();
  Person person;
  {
    const auto snapshot = parts.database.snapshot();
    if (!find_shareable(*snapshot, account, receipt_number)) return missing();
    person = sharing.person(*snapshot, account);
  }
  const auto read = read_offer(sharing, offer, person.email, now);
  if (!read) return std::unexpected(read.error());
  if (auto counted = parts.throttle.count(kHelpOffers, fmt::to_string(account.value), "cases.error.helper_offers");
      !counted) {
    return counted;
  }
  NewHelping row{.id = parts.ids.next<HelpingId>(),
                 .on_case = {},
                 .party = {},
                 .given_by = account,
                 .sealed_email = {},
                 .email_index = sharing.email_index(read->email),
                 .may_act = offer.may_act,
                 .offered_at = now,
                 .ends_at = read->ends_at};
  row.sealed_email = parts.sealer.seal(place_of(row.id), read->email.address);
  const auto audit_id = parts.ids.next_value();
  // To the address alone, account or none; says nothing of the case.
  const journal::Telling telling{.id = parts.ids.next<journal::OutboxId>(),
                                 .kind = "cases.help_offered",
                                 .email = read->email.address,
                                 .language = person.language};
  enum class Outcome { offered, missing, too_many };
  const auto outcome = parts.database.write([&](db::Transaction& tx) {
    const auto visible = find_shareable(tx, account, receipt_number);
    if (!visible) return Outcome::missing;
    if (count_standing(tx, visible->id, account, now) >= kHelpersAtOnce) return Outcome::too_many;
    row.on_case = visible->id;
    row.party = visible->party;
    insert_helping(tx, row);
    note(tx, audit_id, now, "case.help_offered", account,
         {.id = row.id, .on_case = row.on_case, .sealed_email = {}, .may_act = row.may_act, .receipt_number = {}},
         network);
    parts.outbox.tell(tx, telling);
    return Outcome::offered;
  });
  if (outcome == Outcome::missing) return missing();
  if (outcome == Outcome::too_many) return refuse_field("email", "cases.error.helpers_at_once");
  return {};
}

Result<void> end_help(const Sharing& sharing, AccountId account, std::string_view receipt_number, HelpingId helping,
                      std::string_view network) {
  const auto& parts = sharing.cases().parts();
  const auto now = parts.clock.now();
  const auto audit_id = parts.ids.next_value();
  const bool has_ended = parts.database.write([&](db::Transaction& tx) {
    const auto visible = find_shareable(tx, account, receipt_number);
    if (!visible) return false;
    const auto ended = end_given(tx, helping, visible->id, account, now);
    if (ended) note(tx, audit_id, now, "case.help_ended", account, *ended, network);
    return ended.has_value();
  });
  if (!has_ended) return missing();
  return {};
}

Result<std::string> accept_help(const Sharing& sharing, AccountId account, HelpingId helping,
                                std::string_view network) {
  const auto& parts = sharing.cases().parts();
  const auto now = parts.clock.now();
  const auto index = sharing.email_index_of(*parts.database.snapshot(), account);
  const auto audit_id = parts.ids.next_value();
  const auto told = parts.ids.next<journal::OutboxId>();
  const auto taken = parts.database.write([&](db::Transaction& tx) {
    auto accepted = accept_helping(tx, helping, account, index, now);
    if (!accepted) return accepted;
    note(tx, audit_id, now, "case.help_accepted", account, *accepted, network);
    parts.outbox.tell(tx, {.id = told,
                           .kind = "cases.help_accepted",
                           .account = accepted->given_by,
                           .arguments = {{"receipt_ending", receipt_ending(accepted->receipt_number)}}});
    return accepted;
  });
  if (!taken) return missing();
  return taken->receipt_number;
}

Result<void> leave_help(const Sharing& sharing, AccountId account, HelpingId helping, std::string_view network) {
  const auto& parts = sharing.cases().parts();
  const auto now = parts.clock.now();
  const auto index = sharing.email_index_of(*parts.database.snapshot(), account);
  const auto audit_id = parts.ids.next_value();
  const bool has_ended = parts.database.write([&](db::Transaction& tx) {
    const auto ended = end_taken(tx, helping, account, index, now);
    if (ended) note(tx, audit_id, now, "case.help_ended", account, *ended, network);
    return ended.has_value();
  });
  if (!has_ended) return missing();
  return {};
}

void keep_helper_look(const Cases& cases, const VisibleCase& visible, Instant now) {
  if (visible.role != Role::helper) return;
  const auto& parts = cases.parts();
  const auto id = parts.ids.next_value();
  const Instant hour = std::chrono::floor<std::chrono::hours>(now);
  parts.database.write([&](db::Transaction& tx) { insert_helper_look(tx, id, HelpingId{visible.helping}, hour); });
}

std::string shown_address(const Cases& cases, AccountId asker, AccountId given_by, HelpingId helping,
                          std::string_view sealed) {
  if (asker != given_by || sealed.empty()) return {};
  return cases.parts().sealer.open(place_of(helping), sealed);
}

}  // namespace waymark::cases
