#include "features/accounts/factors/passkey_challenge.hpp"

#include "base/assert.hpp"
#include "base/text.hpp"
#include "features/accounts/factors/passkey_limits.hpp"

namespace waymark::accounts {
namespace {

constexpr std::size_t kNonceBytes = 32;
constexpr std::size_t kTimeBytes = 8;
constexpr std::size_t kSealBytes = 32;

std::string to_bytes(Instant at) {
  const auto milliseconds =
      static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count());
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(milliseconds >> shift));
  return bytes;
}

Instant to_instant(std::string_view bytes) {
  std::uint64_t milliseconds = 0;
  for (const char byte : bytes) milliseconds = milliseconds << 8 | static_cast<std::uint8_t>(byte);
  return Instant{std::chrono::milliseconds{static_cast<std::int64_t>(milliseconds)}};
}

}  // namespace

std::string_view to_text(CeremonyPurpose purpose) {
  static constexpr std::array<std::string_view, 10> kNames{
      "sign_in", "second_factor",  "prove_again",    "add",          "recovery",
      "sign_up", "office_welcome", "office_sign_in", "office_again", "office_add"};
  return kNames[static_cast<std::size_t>(purpose)];
}

PasskeyChallenges::PasskeyChallenges(const KeyRing& keys) : hash_(keys, "accounts.passkey_challenge") {}

// The purposes hold no line break, and the last part is of fixed length: no two triples give one text.
std::string PasskeyChallenges::seal(std::string_view nonce_and_time, const Ceremony& ceremony) const {
  return hash_.of(std::string(to_text(ceremony.purpose)).append("\n").append(ceremony.holder).append(nonce_and_time));
}

std::string PasskeyChallenges::make(Random& random, const Ceremony& ceremony, Instant now) const {
  WAYMARK_ASSERT(!ceremony.holder.empty());
  const std::string head = random.bytes(kNonceBytes) + to_bytes(now + kPasskeyChallengeLifetime);
  return head + seal(head, ceremony);
}

ChallengeStanding PasskeyChallenges::standing(std::string_view challenge, const Ceremony& ceremony, Instant now) const {
  if (challenge.size() != kNonceBytes + kTimeBytes + kSealBytes || ceremony.holder.empty())
    return ChallengeStanding::other;
  const auto head = challenge.substr(0, kNonceBytes + kTimeBytes);
  if (!equals_in_constant_time(challenge.substr(head.size()), seal(head, ceremony))) return ChallengeStanding::other;
  return now < lapses_at(challenge) ? ChallengeStanding::good : ChallengeStanding::late;
}

Instant PasskeyChallenges::lapses_at(std::string_view challenge) {
  return to_instant(challenge.substr(kNonceBytes, kTimeBytes));
}

}  // namespace waymark::accounts
