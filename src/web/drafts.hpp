// What was typed into a form that could no longer be sent, since the session had ended (or the step-up was due): kept
// for a short while for the one account that typed it, and shown again in the same form. Only the fields that a route
// names; never a password or a code.
#pragma once

#include <optional>
#include <string_view>

#include "db/database.hpp"
#include "web/exchange.hpp"
#include "web/router.hpp"

namespace waymark::web {

class DraftKeeper {
 public:
  virtual ~DraftKeeper() = default;
  // Whose session it was that the request's cookie names, when it lapsed by itself: a stranger with an account and what
  // its CSRF tokens were made from. Nobody when it was ended by somebody. Reads only.
  virtual Visitor find_lapsed_visitor(const Request& request, db::Snapshot& snapshot) = 0;
  // In place of what was kept for this page before.
  virtual void keep(AccountId account, std::string_view page, const Form& fields) = 0;
  virtual std::optional<Form> find(db::Snapshot& snapshot, AccountId account, std::string_view page) = 0;
  virtual void forget(AccountId account, std::string_view page) = 0;
};

// What the form of this page is drawn from at first: what was kept, or nothing.
FormState find_draft(Exchange& exchange);
// A form that is sent away to sign in first (or to prove again): what was typed is kept, if the route wants that.
void keep_draft(Exchange& exchange, const Route& route);
// The form was sent: what was kept of it has done its work.
void forget_draft(Exchange& exchange, const Route& route);
// POST /session/draft: the page's script keeps what is typed when the session ends, or has ended.
void add_draft_route(Router& router);

}  // namespace waymark::web
