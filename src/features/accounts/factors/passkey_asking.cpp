#include "features/accounts/factors/passkey_asking.hpp"

#include "base/text.hpp"
#include "web/csrf.hpp"
#include "web/site.hpp"

namespace waymark::accounts {
namespace {

std::string bytes_in(const web::Form& form, std::string_view name) {
  return from_base64url(form.get(name)).value_or("");
}

}  // namespace

PasskeyAsker passkey_asker(const web::Exchange& exchange) {
  const auto& secret = exchange.visitor.csrf_secret;
  return {
      .party = webauthn::relying_party_of(exchange.site.parts().origin),
      .holder = secret.empty() ? "visit " + std::string(web::find_visit_cookie(exchange.request)) : "session " + secret,
      .client = client_of(exchange.request)};
}

PasskeyAnswer passkey_answer(const web::Form& form) {
  return {.credential_id = bytes_in(form, "credential_id"),
          .client_data = bytes_in(form, "client_data"),
          .authenticator_data = bytes_in(form, "authenticator_data"),
          .signature = bytes_in(form, "signature"),
          .user_handle = bytes_in(form, "user_handle")};
}

NewPasskeyAnswer new_passkey_answer(const web::Form& form) {
  return {.credential_id = bytes_in(form, "credential_id"),
          .client_data = bytes_in(form, "client_data"),
          .attestation = bytes_in(form, "attestation"),
          .transports = std::string(form.get("transports")),
          .name = std::string(form.get("name"))};
}

}  // namespace waymark::accounts
