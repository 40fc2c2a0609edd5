#include "platform/webauthn.hpp"

#include "base/text.hpp"
#include "platform/keys.hpp"
#include "platform/webauthn_parts.hpp"

namespace waymark::webauthn {
namespace {

constexpr std::string_view kCreate = "webauthn.create";
constexpr std::string_view kGet = "webauthn.get";

std::optional<Refusal> judge_client_data(const RelyingParty& party, std::string_view type, std::string_view challenge,
                                         std::string_view json) {
  if (json.size() > kClientDataBytesMax) return Refusal::client_data;
  const auto data = read_client_data(json);
  if (!data) return Refusal::client_data;
  if (data->type != type) return Refusal::type;
  if (challenge.empty() || !equals_in_constant_time(data->challenge, challenge)) return Refusal::challenge;
  if (data->origin != party.origin) return Refusal::origin;
  if (data->is_cross_origin) return Refusal::cross_origin;
  return std::nullopt;
}

std::optional<Refusal> judge_authenticator_data(const RelyingParty& party, const AuthenticatorData& data) {
  if (!equals_in_constant_time(data.relying_party_hash, sha256(party.id))) return Refusal::relying_party;
  if (!data.is_user_present) return Refusal::user_presence;
  if (!data.is_user_verified) return Refusal::user_verification;
  if (data.is_backed_up && !data.is_backup_eligible) return Refusal::backup_state;
  return std::nullopt;
}

}  // namespace

std::string_view to_text(Refusal refusal) {
  static constexpr std::array<std::string_view, 15> kNames{
      "client_data",   "type",          "challenge",         "origin",       "cross_origin",  "authenticator_data",
      "relying_party", "user_presence", "user_verification", "backup_state", "credential_id", "public_key",
      "algorithm",     "attestation",   "signature"};
  return kNames[static_cast<std::size_t>(refusal)];
}

RelyingParty relying_party_of(std::string_view origin) {
  std::string_view host = origin;
  if (const auto scheme = host.find("://"); scheme != std::string_view::npos) host.remove_prefix(scheme + 3);
  host = host.substr(0, host.find(':'));
  return {.id = std::string(host), .origin = std::string(origin)};
}

std::expected<NewCredential, Refusal> check_registration(const RelyingParty& party, std::string_view challenge,
                                                         const RegistrationAnswer& answer) {
  if (const auto refusal = judge_client_data(party, kCreate, challenge, answer.client_data))
    return std::unexpected(*refusal);
  if (answer.attestation.size() > kAttestationBytesMax) return std::unexpected(Refusal::attestation);
  const auto bytes = read_attestation(answer.attestation);
  if (!bytes) return std::unexpected(Refusal::attestation);
  const auto data = read_authenticator_data(*bytes);
  if (!data) return std::unexpected(data.error());
  if (const auto refusal = judge_authenticator_data(party, *data)) return std::unexpected(*refusal);
  if (!data->credential) return std::unexpected(Refusal::authenticator_data);
  const auto& credential = *data->credential;
  const auto key = read_public_key(credential.public_key);
  if (!key) return std::unexpected(key.error());
  return NewCredential{.id = credential.id,
                       .public_key = credential.public_key,
                       .algorithm = key->algorithm,
                       .aaguid = credential.aaguid,
                       .sign_count = data->sign_count,
                       .is_backup_eligible = data->is_backup_eligible,
                       .is_backed_up = data->is_backed_up};
}

std::expected<Asserted, Refusal> check_assertion(const RelyingParty& party, std::string_view challenge,
                                                 const KnownCredential& known, const AssertionAnswer& answer) {
  if (const auto refusal = judge_client_data(party, kGet, challenge, answer.client_data))
    return std::unexpected(*refusal);
  const auto data = read_authenticator_data(answer.authenticator_data);
  if (!data) return std::unexpected(data.error());
  if (const auto refusal = judge_authenticator_data(party, *data)) return std::unexpected(*refusal);
  // A key is named at registration only; who sends one here is no authenticator that follows the specification.
  if (data->credential) return std::unexpected(Refusal::authenticator_data);
  if (data->is_backup_eligible != known.is_backup_eligible) return std::unexpected(Refusal::backup_state);
  if (answer.signature.empty() || answer.signature.size() > kSignatureBytesMax)
    return std::unexpected(Refusal::signature);
  const auto key = read_public_key(known.public_key);
  if (!key) return std::unexpected(key.error());
  if (!is_signed_by(*key, party, answer.authenticator_data, sha256(answer.client_data), answer.signature))
    return std::unexpected(Refusal::signature);
  return Asserted{.sign_count = data->sign_count, .is_backed_up = data->is_backed_up};
}

bool counts_on(std::uint32_t kept, std::uint32_t seen) { return (kept == 0 && seen == 0) || seen > kept; }

std::optional<std::string> claimed_challenge(std::string_view client_data) {
  if (client_data.size() > kClientDataBytesMax) return std::nullopt;
  auto data = read_client_data(client_data);
  if (!data) return std::nullopt;
  return std::move(data->challenge);
}

}  // namespace waymark::webauthn
