#include <boost/json.hpp>

#include "base/text.hpp"
#include "features/accounts/factors/passkey_limits.hpp"
#include "features/accounts/pages/passkey_pages.hpp"

namespace waymark::accounts::pages {
namespace {

namespace json = boost::json;

json::array descriptors(const std::vector<Passkey>& passkeys) {
  json::array listed;
  for (const auto& passkey : passkeys) {
    json::object one{{"type", "public-key"}, {"id", to_base64url(passkey.credential_id)}};
    if (!passkey.transports.empty()) {
      json::array transports;
      for (const auto transport : split(passkey.transports, ' ')) transports.emplace_back(transport);
      one["transports"] = std::move(transports);
    }
    listed.push_back(std::move(one));
  }
  return listed;
}

std::int64_t timeout_ms() { return std::chrono::milliseconds{kPasskeyChallengeLifetime}.count(); }

}  // namespace

web::Response request_options(const PasskeyOptions& options, const webauthn::RelyingParty& party) {
  return web::Response::json(json::serialize(json::object{{"challenge", to_base64url(options.challenge)},
                                                          {"rpId", party.id},
                                                          {"timeout", timeout_ms()},
                                                          {"userVerification", "required"},
                                                          {"allowCredentials", descriptors(options.known)}}));
}

web::Response creation_options(const NewPasskeyOptions& options, const webauthn::RelyingParty& party,
                               std::string_view agency) {
  json::array algorithms;
  for (const int algorithm : {webauthn::kEs256, webauthn::kEdDsa, webauthn::kRs256})
    algorithms.push_back(json::object{{"type", "public-key"}, {"alg", algorithm}});
  return web::Response::json(json::serialize(json::object{
      {"challenge", to_base64url(options.challenge)},
      {"rp", json::object{{"id", party.id}, {"name", agency}}},
      {"user",
       json::object{{"id", to_base64url(options.handle)}, {"name", options.email}, {"displayName", options.name}}},
      {"pubKeyCredParams", std::move(algorithms)},
      {"timeout", timeout_ms()},
      {"attestation", "none"},
      {"authenticatorSelection", json::object{{"residentKey", options.must_keep_account ? "required" : "preferred"},
                                              {"userVerification", "required"}}},
      {"excludeCredentials", descriptors(options.known)}}));
}

}  // namespace waymark::accounts::pages
