#include "features/cases/connecting/connect_case.hpp"

#include "catalogue/catalogue.hpp"
#include "features/cases/connecting/access_code.hpp"
#include "features/cases/limits.hpp"
#include "features/cases/party_store.hpp"
#include "journal/audit.hpp"

namespace waymark::cases {
namespace {

// What was typed, in the form that is compared.
struct ReadRequest {
  std::string receipt_number, code, proof;
};

Result<ReadRequest> read_request(const ConnectRequest& request) {
  Failure failure{.kind = FailureKind::bad_input, .message = {"web.error.check_answers", {}}};
  const auto receipt_number = catalogue::parse_receipt_number(request.receipt_number);
  if (!receipt_number) failure.fields.push_back({"receipt_number", {"cases.error.receipt_number", {}}});
  const auto code = parse_access_code(request.access_code);
  if (!code) failure.fields.push_back({"access_code", {"cases.error.access_code", {}}});
  const auto proof = normalise_proof(request.proof_kind, request.proof);
  if (proof.empty()) failure.fields.push_back(missing_proof(request.proof_kind));
  if (!failure.fields.empty()) return refuse(std::move(failure));
  return ReadRequest{*receipt_number, *code, proof};
}

// Too many have tried this receipt number: the answer comes late. A failure only when too many wait already.
Result<void> slow_down_when_tried_often(const Cases& cases, std::string_view receipt_number) {
  if (cases.parts().throttle.count(kReceiptTries, receipt_number)) return {};
  if (cases.wait_slowly(kSlowAnswer)) return {};
  Failure failure{.kind = FailureKind::unavailable, .message = {"cases.error.busy", {}}};
  failure.retry_after = kSlowAnswer;
  return refuse(std::move(failure));
}

enum class Outcome { connected, refused, already };
struct Attempt {
  Outcome outcome = Outcome::refused;
  Role role{};
};

}  // namespace

Result<ConnectedCase> connect_case(const Cases& cases, AccountId account, const ConnectRequest& request,
                                   std::string_view network) {
  const auto& parts = cases.parts();
  const auto read = read_request(request);
  if (!read) return std::unexpected(read.error());
  auto place = parts.throttle.reserve(kConnectTries, fmt::to_string(account.value), "cases.error.too_many_tries");
  if (!place) return std::unexpected(std::move(place).error());
  if (auto slowed = slow_down_when_tried_often(cases, read->receipt_number); !slowed) {
    place->give_back();
    return std::unexpected(std::move(slowed).error());
  }

  const auto code_hash = cases.hash_access_code(read->receipt_number, read->code);
  const auto proof_hash = cases.hash_proof(read->receipt_number, request.proof_kind, read->proof);
  const auto now = parts.clock.now();
  const auto audit_id = parts.ids.next_value();
  const journal::Telling telling{.id = parts.ids.next<journal::OutboxId>(),
                                 .kind = "cases.connected",
                                 .account = account,
                                 .arguments = {{"receipt_ending", receipt_ending(read->receipt_number)}}};
  const auto decide = [&](db::Transaction& tx) {
    if (find_party_of(tx, account, read->receipt_number)) return Attempt{Outcome::already, {}};
    const auto party =
        connect_party(tx, {read->receipt_number, code_hash, request.proof_kind, proof_hash}, account, now);
    journal::record(tx, {.id = audit_id,
                         .at = now,
                         .event = party ? "case.connected" : "case.connection_refused",
                         .account = account,
                         .on_case = party ? std::optional(party->on_case) : std::nullopt,
                         .detail = party ? to_text(party->role) : "",
                         .network = std::string(network)});
    if (!party) return Attempt{};
    parts.outbox.tell(tx, telling);
    return Attempt{Outcome::connected, party->role};
  };
  Attempt attempt;
  try {
    attempt = parts.database.write(decide);
  } catch (const db::ConstraintViolation&) {
    // Two parts of the same case, connected by one account at the same moment: the other one won.
    attempt.outcome = Outcome::already;
  }

  switch (attempt.outcome) {
    case Outcome::connected:
      place->right();
      return ConnectedCase{read->receipt_number, attempt.role};
    case Outcome::already:
      place->give_back();
      return refuse(FailureKind::conflict, "cases.error.already_connected");
    case Outcome::refused:
      break;
  }
  place->wrong();
  return refuse(FailureKind::bad_input, "cases.error.not_connected");
}

}  // namespace waymark::cases
