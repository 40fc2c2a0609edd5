#include "features/accounts/phrase/phrase_routes.hpp"

#include "features/accounts/pages/phrase_page.hpp"
#include "features/accounts/phrase/phrase.hpp"

namespace waymark::accounts {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;

Result<web::Response> save(Accounts& accounts, Exchange& exchange, const Form& form) {
  const auto phrase = read_phrase(form.get("phrase"));
  if (!phrase) return std::unexpected(phrase.error());
  set_phrase(accounts, exchange.visitor.account, *phrase, client_of(exchange.request));
  return web::Response::redirect(web::Url("/account/phrase").with("done", "saved"));
}

Result<web::Response> remove(Accounts& accounts, Exchange& exchange) {
  set_phrase(accounts, exchange.visitor.account, {}, client_of(exchange.request));
  return web::Response::redirect(web::Url("/account/phrase").with("done", "removed"));
}

}  // namespace

void add_phrase_routes(web::Router& router, Accounts& accounts) {
  using web::Access;
  router.form(
      "/account/phrase", Access::recently_proved,
      [&accounts](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return pages::phrase_page(exchange, form,
                                  accounts.store.find_phrase(exchange.snapshot(), exchange.visitor.account));
      },
      [&accounts](Exchange& exchange, const Form& form) { return save(accounts, exchange, form); });
  router.post("/account/phrase/removal", Access::recently_proved,
              [&accounts](Exchange& exchange, const Form&) { return remove(accounts, exchange); });
}

}  // namespace waymark::accounts
