// Challenges for passkeys: 32 random bytes, the time, and a keyed hash over both, over what the answer is for and over
// whose browser or session it is. So a challenge costs no row until it is answered (a stranger who asks for a million
// fills no table), and yet it is bound, lapses, and is good once: the answer's transaction takes it (PasskeyStore::
// use_challenge). Threads: immutable after construction.
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"
#include "platform/keys.hpp"
#include "platform/random.hpp"

namespace waymark::accounts {

enum class CeremonyPurpose {
  sign_in,
  second_factor,
  prove_again,
  add,
  recovery,
  sign_up,
  office_welcome,  // an officer's first key
  office_sign_in,
  office_again,
  office_add,
};
std::string_view to_text(CeremonyPurpose purpose);

// What an answer is for, and whose: the stranger's cookie or the session's secret.
struct Ceremony {
  CeremonyPurpose purpose = CeremonyPurpose::sign_in;
  std::string holder{};
};

enum class ChallengeStanding {
  good,
  late,   // ours, but it lapsed
  other,  // not ours, or for another purpose, or for another holder
};

class PasskeyChallenges {
 public:
  explicit PasskeyChallenges(const KeyRing& keys);
  // Asserts that there is a holder.
  std::string make(Random& random, const Ceremony& ceremony, Instant now) const;
  ChallengeStanding standing(std::string_view challenge, const Ceremony& ceremony, Instant now) const;
  // Of a good one.
  static Instant lapses_at(std::string_view challenge);

 private:
  std::string seal(std::string_view nonce_and_time, const Ceremony& ceremony) const;
  KeyedHash hash_;
};

}  // namespace waymark::accounts
