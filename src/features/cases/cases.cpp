#include "features/cases/cases.hpp"

#include "base/text.hpp"
#include "features/cases/limits.hpp"
#include "web/request.hpp"

namespace waymark::cases {
namespace {

// NUL parts the pieces: none of them can hold one.
std::string joined(std::initializer_list<std::string_view> pieces) {
  std::string whole;
  for (const auto piece : pieces) {
    if (!whole.empty()) whole += '\0';
    whole += piece;
  }
  return whole;
}

}  // namespace

std::string Cases::hash_access_code(std::string_view receipt_number, std::string_view code) const {
  return access_code_hash_.of(joined({receipt_number, code}));
}

std::string Cases::hash_proof(std::string_view receipt_number, ProofKind kind, std::string_view normalised) const {
  return proof_hash_.of(joined({receipt_number, to_text(kind), normalised}));
}

std::string Cases::hash_network(std::string_view peer) const {
  return peer.empty() ? std::string() : to_hex(network_hash_.of(web::network_of(peer)));
}

bool Cases::wait_slowly(std::chrono::milliseconds time) const {
  struct Place {
    std::atomic<int>& taken;
    ~Place() { --taken; }
  };
  const int before = waiting_++;
  const Place place{waiting_};
  if (before >= kSlowAnswersAtOnce) return false;
  parts_.pause(time);
  return true;
}

FieldMessage missing_proof(ProofKind kind) {
  if (kind == ProofKind::birth_date) return {"date_of_birth", {"cases.error.date_of_birth", {}}};
  return {"registration_number", {"cases.error.registration_number", {}}};
}

std::string receipt_ending(std::string_view receipt_number) {
  return std::string(receipt_number.substr(receipt_number.size() - std::min<std::size_t>(4, receipt_number.size())));
}

}  // namespace waymark::cases
