#include "features/accounts/factors/factor_routes.hpp"

#include "base/text.hpp"
#include "features/accounts/factors/manage_factors.hpp"
#include "features/accounts/factors/manage_phones.hpp"
#include "features/accounts/factors/ways_in.hpp"
#include "features/accounts/pages/factor_pages.hpp"
#include "features/accounts/pages/factor_parts.hpp"
#include "features/accounts/pages/phone_pages.hpp"

namespace waymark::accounts {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;
using web::Response;

FactorAsker asker_of(const Exchange& exchange) {
  return {.account = exchange.visitor.account, .session = exchange.visitor.session};
}

// Where a change leads to, saying what was done.
Result<Response> done(const Result<void>& result, const web::Url& next, std::string_view what) {
  if (!result) return std::unexpected(result.error());
  return Response::redirect(next.with("done", what));
}

std::unexpected<Failure> none_such() { return refuse(FailureKind::not_found, "web.error.not_found"); }

template <typename T>
T id_in_path(const Exchange& exchange, std::string_view name) {
  return T{parse_integer(exchange.part(name)).value_or(0)};
}

std::optional<TotpFactor> find_app(const Accounts& accounts, Exchange& exchange) {
  const auto id = id_in_path<TotpFactorId>(exchange, "app");
  for (auto& app : accounts.factors.list_totp(exchange.snapshot(), exchange.visitor.account)) {
    if (app.id == id) return app;
  }
  return std::nullopt;
}

using DrawApp = Response (*)(Exchange&, const FormState&, const TotpFactor&);
web::ShowHandler show_app(Accounts& accounts, DrawApp draw) {
  return [&accounts, draw](Exchange& exchange, const FormState& form) -> Result<Response> {
    const auto app = find_app(accounts, exchange);
    if (!app) return none_such();
    return draw(exchange, form, *app);
  };
}

Result<Response> show_apps(Accounts& accounts, Exchange& exchange) {
  auto& snapshot = exchange.snapshot();
  const auto account = exchange.visitor.account;
  return pages::apps_page(exchange, {.apps = accounts.factors.list_totp(snapshot, account),
                                     .may_remove = find_ways_in(snapshot, account).second_factors() > 1});
}

Result<Response> show_app_setup(Accounts& accounts, Exchange& exchange, const FormState& form) {
  auto& snapshot = exchange.snapshot();
  const auto secret = find_pending_app(accounts, snapshot, asker_of(exchange), exchange.now);
  if (!secret) return Response::redirect("/account/authenticators");
  const auto profile = accounts.store.load_profile(snapshot, exchange.visitor.account);
  return pages::add_app_page(exchange, form, *secret, profile.email.address);
}

void add_app_routes(web::Router& router, Accounts& accounts) {
  constexpr auto kWho = web::Access::recently_proved;
  router.get("/account/authenticators", kWho, [&](Exchange& exchange) { return show_apps(accounts, exchange); });
  router.post("/account/authenticators/start", kWho, [&](Exchange& exchange, const Form&) -> Result<Response> {
    if (auto started = start_app(accounts, asker_of(exchange)); !started) return std::unexpected(started.error());
    return Response::redirect("/account/authenticators/add");
  });
  router.form(
      "/account/authenticators/add", kWho,
      [&](Exchange& exchange, const FormState& form) { return show_app_setup(accounts, exchange, form); },
      [&](Exchange& exchange, const Form& form) {
        return done(confirm_app(accounts, asker_of(exchange), {.name = form.get("name"), .code = form.get("totp")}),
                    "/account/authenticators", "added");
      });
  router.form("/account/authenticators/name/:app", kWho, show_app(accounts, pages::rename_app_page),
              [&](Exchange& exchange, const Form& form) {
                return done(rename_app(accounts, asker_of(exchange), id_in_path<TotpFactorId>(exchange, "app"),
                                       form.get("name")),
                            "/account/authenticators", "changed");
              });
  router.form("/account/authenticators/removal/:app", kWho, show_app(accounts, pages::remove_app_page),
              [&](Exchange& exchange, const Form&) {
                return done(remove_app(accounts, asker_of(exchange), id_in_path<TotpFactorId>(exchange, "app")),
                            "/account/authenticators", "removed");
              });
}

void add_backup_code_routes(web::Router& router, Accounts& accounts) {
  constexpr auto kWho = web::Access::recently_proved;
  router.form(
      "/account/backup-codes", kWho,
      [&](Exchange& exchange, const FormState& form) -> Result<Response> {
        auto& snapshot = exchange.snapshot();
        return pages::backup_codes_page(
            exchange, form, accounts.factors.count_unused_backup_codes(snapshot, exchange.visitor.account),
            find_pending_backup_codes(accounts, snapshot, asker_of(exchange), exchange.now));
      },
      [&](Exchange& exchange, const Form& form) {
        return done(keep_new_backup_codes(accounts, asker_of(exchange), form.get("kept") == "yes"),
                    "/account/backup-codes", "codes");
      });
  router.post("/account/backup-codes/new", kWho, [&](Exchange& exchange, const Form&) -> Result<Response> {
    start_backup_codes(accounts, asker_of(exchange));
    return Response::redirect("/account/backup-codes");
  });
  router.get("/account/backup-codes/file", kWho, [&](Exchange& exchange) -> Result<Response> {
    const auto codes = find_pending_backup_codes(accounts, exchange.snapshot(), asker_of(exchange), exchange.now);
    if (codes.empty()) return Response::redirect("/account/backup-codes");
    return Response::download("backup-codes.txt", "text/plain; charset=utf-8",
                              pages::backup_codes_text(exchange, codes));
  });
}

bool is_spoken(const Form& form) { return form.get("phone_way") == "voice"; }

std::optional<Phone> find_phone(const Accounts& accounts, Exchange& exchange) {
  return accounts.phones.find(exchange.snapshot(), exchange.visitor.account, id_in_path<PhoneId>(exchange, "phone"));
}

void add_new_phone_routes(web::Router& router, Accounts& accounts) {
  constexpr auto kWho = web::Access::recently_proved;
  router.form(
      "/account/phones/add", kWho,
      [&](Exchange& exchange, const FormState& form) -> Result<Response> {
        return pages::add_phone_page(exchange, form, accounts.parts.catalogue);
      },
      [&](Exchange& exchange, const Form& form) -> Result<Response> {
        const auto started =
            start_phone(accounts, asker_of(exchange),
                        {.region = form.get("phone_country"), .number = form.get("phone"), .spoken = is_spoken(form)},
                        exchange.words().tag());
        if (!started) return std::unexpected(started.error());
        return Response::redirect("/account/phones/code");
      });
  router.form(
      "/account/phones/code", kWho,
      [&](Exchange& exchange, const FormState& form) -> Result<Response> {
        const auto pending = find_pending_phone(accounts, exchange.snapshot(), asker_of(exchange), exchange.now);
        if (!pending) return Response::redirect("/account/phones");
        return pages::phone_code_page(exchange, form, pending->number, pending->spoken);
      },
      [&](Exchange& exchange, const Form& form) -> Result<Response> {
        const auto phone = confirm_phone(accounts, asker_of(exchange), form.get("code"));
        if (!phone) return std::unexpected(phone.error());
        return Response::redirect(web::Url("/account/phones").with("done", "added"));
      });
  router.post("/account/phones/code/again", kWho, [&](Exchange& exchange, const Form& form) -> Result<Response> {
    const auto sent = send_new_phone_code_again(accounts, asker_of(exchange), is_spoken(form), exchange.words().tag());
    if (!sent) return std::unexpected(sent.error());
    return Response::redirect(web::Url("/account/phones/code").with("sent", "yes"));
  });
}

void add_phone_routes(web::Router& router, Accounts& accounts) {
  constexpr auto kWho = web::Access::recently_proved;
  router.get("/account/phones", kWho, [&](Exchange& exchange) -> Result<Response> {
    return pages::phones_page(exchange, accounts.phones.list(exchange.snapshot(), exchange.visitor.account));
  });
  router.form(
      "/account/phones/use/:phone", kWho,
      [&](Exchange& exchange, const FormState& form) -> Result<Response> {
        const auto phone = find_phone(accounts, exchange);
        if (!phone) return none_such();
        const auto ways = find_ways_in(exchange.snapshot(), exchange.visitor.account);
        return pages::phone_use_page(exchange, form, *phone, ways.has_strong_one());
      },
      [&](Exchange& exchange, const Form& form) {
        return done(set_phone_use(accounts, asker_of(exchange), id_in_path<PhoneId>(exchange, "phone"),
                                  {.is_second_factor = form.get("signs_in") == "yes",
                                   .is_spoken_to = form.get("spoken") == "yes"}),
                    "/account/phones", "changed");
      });
  router.form(
      "/account/phones/removal/:phone", kWho,
      [&](Exchange& exchange, const FormState& form) -> Result<Response> {
        const auto phone = find_phone(accounts, exchange);
        if (!phone) return none_such();
        return pages::remove_phone_page(exchange, form, *phone);
      },
      [&](Exchange& exchange, const Form&) {
        return done(remove_phone(accounts, asker_of(exchange), id_in_path<PhoneId>(exchange, "phone")),
                    "/account/phones", "removed");
      });
}

}  // namespace

void add_own_factor_routes(web::Router& router, Accounts& accounts) {
  add_app_routes(router, accounts);
  add_backup_code_routes(router, accounts);
  add_new_phone_routes(router, accounts);
  add_phone_routes(router, accounts);
}

}  // namespace waymark::accounts
