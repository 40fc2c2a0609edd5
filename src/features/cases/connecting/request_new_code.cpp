#include "features/cases/connecting/request_new_code.hpp"

#include "catalogue/catalogue.hpp"
#include "features/cases/limits.hpp"
#include "features/cases/party_store.hpp"
#include "journal/audit.hpp"

namespace waymark::cases {

Result<void> request_new_code(const Cases& cases, AccountId account, const NewCodeRequest& request,
                              std::string_view network) {
  const auto& parts = cases.parts();
  const auto receipt_number = catalogue::parse_receipt_number(request.receipt_number);
  const auto proof = normalise_proof(request.proof_kind, request.proof);
  Failure failure{.kind = FailureKind::bad_input, .message = {"web.error.check_answers", {}}};
  if (!receipt_number) failure.fields.push_back({"receipt_number", {"cases.error.receipt_number", {}}});
  if (proof.empty()) failure.fields.push_back(missing_proof(request.proof_kind));
  if (!failure.fields.empty()) return refuse(std::move(failure));
  if (auto counted =
          parts.throttle.count(kLetterRequests, fmt::to_string(account.value), "cases.error.too_many_letters");
      !counted) {
    return counted;
  }

  const auto proof_hash = cases.hash_proof(*receipt_number, request.proof_kind, proof);
  std::vector<LetterId> ids(kLettersAtOnce);
  for (auto& id : ids) id = parts.ids.next<LetterId>();
  const auto now = parts.clock.now();
  const auto audit_id = parts.ids.next_value();
  parts.database.write([&](db::Transaction& tx) {
    write_letters(tx, *receipt_number, request.proof_kind, proof_hash, ids, now, now - kLetterAgainAfter);
    // The same row whatever came of it: the account's own list of activity must not tell.
    journal::record(tx, {.id = audit_id,
                         .at = now,
                         .event = "case.new_code_requested",
                         .account = account,
                         .network = std::string(network)});
  });
  return {};
}

}  // namespace waymark::cases
