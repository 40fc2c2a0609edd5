#include "web/drafts.hpp"

#include "web/csrf.hpp"
#include "web/form_dispatch.hpp"
#include "web/site.hpp"

namespace waymark::web {
namespace {

constexpr std::size_t kBytesMax = 16 * 1024;
constexpr std::string_view kDraftPath = "/session/draft";
constexpr std::string_view kPageField = "draft_page";

DraftKeeper* keeper_of(const Exchange& exchange) { return exchange.site.parts().drafts; }

// Who typed it: somebody signed in, or the holder of a session that lapsed.
Visitor find_typist(Exchange& exchange) {
  if (exchange.visitor.standing == Standing::signed_in) return exchange.visitor;
  return keeper_of(exchange)->find_lapsed_visitor(exchange.request, exchange.snapshot());
}

void keep(Exchange& exchange, AccountId account, std::string_view page, const Form& form) {
  const Route* route = exchange.site.router().find_route(Method::post, page);
  if (route == nullptr || route->drafted_fields.empty()) return;
  Form kept;
  for (const auto& name : route->drafted_fields) {
    if (form.has(name)) kept.set(name, std::string(form.get(name)));
  }
  keeper_of(exchange)->keep(account, page, kept);
}

Result<Response> keep_for_script(Exchange& exchange, const Form& form) {
  if (keeper_of(exchange) != nullptr) keep(exchange, exchange.visitor.account, form.get(kPageField), form);
  Response response;
  response.status = 204;
  response.content_type.clear();
  return response;
}

}  // namespace

FormState find_draft(Exchange& exchange) {
  auto* keeper = keeper_of(exchange);
  if (keeper == nullptr || exchange.visitor.standing != Standing::signed_in) return {};
  const Route* route = exchange.site.router().find_route(Method::post, exchange.request.path);
  if (route == nullptr || route->drafted_fields.empty()) return {};
  auto kept = keeper->find(exchange.snapshot(), exchange.visitor.account, exchange.request.path);
  if (!kept) return {};
  return {.typed = std::move(*kept), .is_draft = true};
}

void keep_draft(Exchange& exchange, const Route& route) {
  const Request& request = exchange.request;
  const bool is_by_script = route.pattern == kDraftPath;
  if (keeper_of(exchange) == nullptr || request.body.size() > kBytesMax) return;
  if (route.drafted_fields.empty() && !is_by_script) return;
  if (!is_url_encoded_form(request.header("content-type"))) return;
  if (!is_from_our_own_page(request, exchange.site.is_https())) return;
  const auto form = Form::parse(request.body);
  if (!form) return;
  const Visitor typist = find_typist(exchange);
  exchange.close_snapshot();
  if (!typist.account || typist.csrf_secret.empty()) return;
  const auto key = csrf_key_of_session(exchange.site.csrf_hash(), typist.csrf_secret);
  if (!is_csrf_token(form->get(kTokenField), key)) return;
  keep(exchange, typist.account, is_by_script ? form->get(kPageField) : request.path, *form);
}

void forget_draft(Exchange& exchange, const Route& route) {
  auto* keeper = keeper_of(exchange);
  if (keeper == nullptr || route.drafted_fields.empty()) return;
  // Most forms were never kept, and then nothing is written.
  const bool is_kept = keeper->find(exchange.snapshot(), exchange.visitor.account, exchange.request.path).has_value();
  exchange.close_snapshot();
  if (is_kept) keeper->forget(exchange.visitor.account, exchange.request.path);
}

void add_draft_route(Router& router) { router.post(std::string(kDraftPath), Access::signed_in, keep_for_script); }

}  // namespace waymark::web
