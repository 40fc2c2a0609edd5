#include "features/cases/consenting/consent.hpp"

#include <algorithm>

#include "catalogue/catalogue.hpp"
#include "features/cases/noting.hpp"

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

Result<void> set_consent(const Cases& cases, AccountId petitioner, std::string_view receipt_number,
                         std::string_view facet_name, bool is_shown, std::string_view network) {
  const auto& parts = cases.parts();
  const auto facet = find_facet(facet_name);
  if (!facet) return missing();
  const auto now = parts.clock.now();
  const auto id = parts.ids.next<ConsentId>();
  const bool is_theirs = parts.database.write([&](db::Transaction& tx) {
    const auto visible = find_own_for(tx, petitioner, receipt_number, Act::consent);
    if (!visible) return false;
    const auto allowed = list_consentable(cases, *visible);
    if (std::ranges::find(allowed, *facet) == allowed.end()) return false;
    const bool is_changed = is_shown ? give_consent(tx, {id, visible->id, visible->party, petitioner, *facet}, now)
                                     : end_consent(tx, visible->id, petitioner, *facet, now);
    if (!is_changed) return true;
    const Noting noting{cases, tx, now, network};
    noting.note(is_shown ? "case.consent_given" : "case.consent_ended", petitioner, visible->id, to_text(*facet));
    noting.tell("cases.consent_changed", petitioner, receipt_number);
    for (const auto beneficiary : list_beneficiaries(tx, visible->id))
      noting.tell("cases.part_changed", beneficiary, receipt_number);
    return true;
  });
  if (!is_theirs) return missing();
  return {};
}

}  // namespace waymark::cases
