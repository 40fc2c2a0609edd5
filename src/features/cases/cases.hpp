// What the use cases of this feature work with: built once by app, shared by all threads.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "base/result.hpp"
#include "catalogue/catalogue.hpp"
#include "db/database.hpp"
#include "features/accounts/search/person_search.hpp"
#include "features/accounts/throttle/throttle.hpp"
#include "features/cases/case_types.hpp"
#include "journal/outbox.hpp"
#include "platform/clock.hpp"
#include "platform/ids.hpp"
#include "platform/keys.hpp"
#include "platform/random.hpp"
#include "platform/sealer.hpp"

namespace waymark::cases {

class Cases {
 public:
  // References outlive this.
  struct Parts {
    db::Database& database;
    const Clock& clock;
    Random& random;
    IdSource& ids;
    const Sealer& sealer;
    const KeyRing& keys;
    const catalogue::Catalogue& catalogue;
    const journal::Outbox& outbox;
    accounts::Throttle& throttle;
    // Lets the caller's thread wait; the tests hand in one that only notes it.
    std::function<void(std::chrono::milliseconds)> pause = [](std::chrono::milliseconds time) {
      std::this_thread::sleep_for(time);
    };
  };
  explicit Cases(Parts parts)
      : parts_(std::move(parts)),
        access_code_hash_(parts_.keys, "cases.access_code"),
        proof_hash_(parts_.keys, "cases.proof"),
        network_hash_(parts_.keys, "accounts.network"),
        search_(parts_.keys) {}

  const Parts& parts() const { return parts_; }
  const accounts::PersonSearch& search() const { return search_; }

  // What stands in the database for a code, and for a second proof: bound to the case by its receipt number, so that
  // the same birth date looks different in another case, and an unknown case costs the same as a known one.
  std::string hash_access_code(std::string_view receipt_number, std::string_view code) const;
  std::string hash_proof(std::string_view receipt_number, ProofKind kind, std::string_view normalised) const;
  // For the audit trail: the client's network, hashed as every feature hashes it; hex.
  std::string hash_network(std::string_view peer) const;
  // Waits, unless too many wait already: then false, at once.
  bool wait_slowly(std::chrono::milliseconds time) const;

 private:
  Parts parts_;
  KeyedHash access_code_hash_, proof_hash_, network_hash_;
  accounts::PersonSearch search_;
  mutable std::atomic<int> waiting_{0};
};

// What is said at the field when no second proof of that kind was given.
FieldMessage missing_proof(ProofKind kind);

// "1234": all that mails and logs may say of a receipt number.
std::string receipt_ending(std::string_view receipt_number);

}  // namespace waymark::cases
