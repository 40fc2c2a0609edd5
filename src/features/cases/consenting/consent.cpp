#include "features/cases/consenting/consent.hpp"

#include <algorithm>

#include "catalogue/catalogue.hpp"
#include "journal/audit.hpp"

namespace waymark::cases {
namespace {

std::unexpected<Failure> missing() { return refuse(FailureKind::not_found, "web.error.not_found"); }

}  // namespace

std::vector<Facet> list_consentable(const Cases& cases, const VisibleCase& visible) {
  std::vector<Facet> facets;
  const auto* form = cases.parts().catalogue.find_form(visible.form);
  if (form == nullptr) return facets;
  for (const auto& name : form->beneficiary_consent) {
    if (const auto facet = find_facet(name)) facets.push_back(*facet);
  }
  return facets;
}

std::optional<VisibleCase> find_consenting(db::Snapshot& snapshot, AccountId account, std::string_view receipt_number) {
  auto visible = find_visible_to(snapshot, account, receipt_number);
  return visible && may_act(*visible, Act::consent) ? std::move(visible) : std::nullopt;
}

Result<void> set_consent(const Cases& cases, AccountId petitioner, std::string_view receipt_number,
                         std::string_view facet_name, bool is_shown, std::string_view network) {
  const auto& parts = cases.parts();
  const auto facet = find_facet(facet_name);
  if (!facet) return missing();
  const auto now = parts.clock.now();
  const auto id = parts.ids.next<ConsentId>();
  const bool is_theirs = parts.database.write([&](db::Transaction& tx) {
    const auto visible = find_consenting(tx, petitioner, receipt_number);
    if (!visible) return false;
    const auto allowed = list_consentable(cases, *visible);
    if (std::ranges::find(allowed, *facet) == allowed.end()) return false;
    const bool is_changed = is_shown ? give_consent(tx, {id, visible->id, visible->party, petitioner, *facet}, now)
                                     : end_consent(tx, visible->id, petitioner, *facet, now);
    if (!is_changed) return true;
    journal::record(tx, {.id = parts.ids.next_value(),
                         .at = now,
                         .event = is_shown ? "case.consent_given" : "case.consent_ended",
                         .account = petitioner,
                         .on_case = visible->id,
                         .detail = to_text(*facet),
                         .network = std::string(network)});
    const auto tell = [&](std::string_view kind, AccountId account) {
      parts.outbox.tell(tx, {.id = parts.ids.next<journal::OutboxId>(),
                             .kind = std::string(kind),
                             .account = account,
                             .arguments = {{"receipt_ending", receipt_ending(receipt_number)}}});
    };
    tell("cases.consent_changed", petitioner);
    for (const auto beneficiary : list_beneficiaries(tx, visible->id)) tell("cases.part_changed", beneficiary);
    return true;
  });
  if (!is_theirs) return missing();
  return {};
}

}  // namespace waymark::cases
