#include "features/cases/firms/routes.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "features/cases/firms/firm_members.hpp"
#include "features/cases/firms/pages.hpp"
#include "features/cases/firms/shared_store.hpp"
#include "features/cases/representing/client_paging.hpp"
#include "features/cases/representing/verify.hpp"

namespace waymark::cases {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;
using web::Url;

std::unexpected<Failure> missing() { return refuse(FailureKind::not_found, "web.error.not_found"); }

// Calls `act` as the visitor; then the page says that it was done.
template <typename Act>
Result<web::Response> after(const Firms& firms, Exchange& exchange, std::string_view done, Act&& act,
                            const Url& page = "/firm") {
  const auto network = firms.cases().hash_network(exchange.request.peer);
  Result<void> answer = act(FirmActor{exchange.visitor.account, network});
  if (!answer) return std::unexpected(std::move(answer).error());
  return web::Response::redirect(page.with("done", done));
}

FirmMemberId typed_member(const Form& form) { return FirmMemberId{parse_integer(form.get("member")).value_or(0)}; }
RepresentationId typed_client(std::string_view text) { return RepresentationId{parse_integer(text).value_or(0)}; }

pages::ShownMember shown(const Firms& firms, db::Snapshot& snapshot, FirmMember member) {
  auto name = member.account ? firms.person(snapshot, *member.account).name : invited_address(firms.cases(), member);
  return {std::move(member), std::move(name)};
}

std::vector<pages::ShownMember> list_shown_members(const Firms& firms, Exchange& exchange, const FirmMember& own) {
  std::vector<pages::ShownMember> members;
  for (auto& one : list_firm_members(exchange.snapshot(), own.firm, exchange.now)) {
    // Whom an owner invited is the owners' to know.
    if (one.is_in() || own.standing == FirmStanding::owner)
      members.push_back(shown(firms, exchange.snapshot(), std::move(one)));
  }
  return members;
}

pages::ShownFirm load_firm(const Firms& firms, Exchange& exchange, const FirmMember& own) {
  auto& snapshot = exchange.snapshot();
  pages::ShownFirm firm{.name = find_opened_name(firms.cases(), snapshot, own.firm).value_or(""),
                        .own = own,
                        .members = list_shown_members(firms, exchange, own),
                        .clients = {},
                        .last = {}};
  const auto page = cut_page(list_shared(snapshot, own.firm, page_before(exchange), kClientsShown + 1), firm.last);
  for (const auto& one : page) {
    firm.clients.push_back({one.receipt_number, firms.person(snapshot, *one.client).name,
                            firms.person(snapshot, *one.representative).name});
  }
  return firm;
}

Result<web::Response> show_firm(const Firms& firms, Exchange& exchange) {
  auto& snapshot = exchange.snapshot();
  const auto account = exchange.visitor.account;
  if (const auto own = find_membership(snapshot, account))
    return pages::firm_page(exchange, load_firm(firms, exchange, *own));
  std::vector<pages::ShownInvitation> invitations;
  const auto index = firms.email_index_of(snapshot, account);
  for (auto& one : list_firm_invitations(snapshot, index, exchange.now)) {
    const auto name = find_opened_name(firms.cases(), snapshot, one.firm);
    if (!name || !one.invited_by) continue;
    auto inviter = firms.person(snapshot, *one.invited_by).name;
    invitations.push_back({std::move(one), *name, std::move(inviter)});
  }
  return pages::no_firm_page(exchange, invitations, is_verified(snapshot, account));
}

Result<web::Response> show_open(const Firms& firms, Exchange& exchange, const FormState& form) {
  auto& snapshot = exchange.snapshot();
  if (find_membership(snapshot, exchange.visitor.account)) return web::Response::redirect("/firm");
  const auto own = find_own_representative(firms.cases(), snapshot, exchange.visitor.account);
  if (!own || own->state != RepresentativeState::verified) return missing();
  return pages::open_firm_page(exchange, form, own->organisation);
}

// The member of that path, when the visitor owns their firm.
std::optional<pages::ShownMember> find_shown_member(const Firms& firms, Exchange& exchange) {
  auto& snapshot = exchange.snapshot();
  const auto own = find_membership(snapshot, exchange.visitor.account);
  if (!own || own->standing != FirmStanding::owner) return std::nullopt;
  auto members = list_firm_members(snapshot, own->firm, exchange.now);
  const FirmMemberId asked{parse_integer(exchange.part("member")).value_or(0)};
  const auto found = std::ranges::find(members, asked, &FirmMember::id);
  return found == members.end() ? std::nullopt : std::optional(shown(firms, snapshot, std::move(*found)));
}

bool is_owner(Exchange& exchange) {
  const auto own = find_membership(exchange.snapshot(), exchange.visitor.account);
  return own && own->standing == FirmStanding::owner;
}

Result<web::Response> show_share(const Firms& firms, Exchange& exchange, const FormState& form) {
  auto& snapshot = exchange.snapshot();
  const auto account = exchange.visitor.account;
  const auto membership = find_membership(snapshot, account);
  if (!membership) return missing();
  const auto typed = form.typed.get("representation");
  const auto id = typed_client(typed.empty() ? exchange.query("client") : std::string_view(typed));
  const auto client = find_of_representative(snapshot, account, id);
  if (!client || client->firm) return missing();
  return pages::share_page(exchange, form, *client, firms.person(snapshot, *client->client).name,
                           find_opened_name(firms.cases(), snapshot, membership->firm).value_or(""));
}

// What opens cases to others, or decides who is in: whoever found the browser open can't do that.
void add_proved_routes(web::Router& router, const Firms& firms) {
  using web::Access;
  router.form(
      "/firm/open", Access::recently_proved,
      [&firms](Exchange& exchange, const FormState& form) { return show_open(firms, exchange, form); },
      [&firms](Exchange& exchange, const Form& form) {
        return after(firms, exchange, "opened",
                     [&](const FirmActor& by) { return open_firm(firms, by, form.get("firm_name")); });
      });
  router.form(
      "/firm/invite", Access::recently_proved,
      [](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        if (!is_owner(exchange)) return missing();
        return pages::invite_page(exchange, form);
      },
      [&firms](Exchange& exchange, const Form& form) {
        return after(firms, exchange, "invited", [&](const FirmActor& by) {
          return invite_to_firm(
              firms, by, {.email = std::string(form.get("email")), .standing = std::string(form.get("standing"))});
        });
      });
  router.form(
      "/firm/members/:member", Access::recently_proved,
      [&firms](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        const auto member = find_shown_member(firms, exchange);
        if (!member) return missing();
        return pages::member_page(exchange, form, *member);
      },
      [&firms](Exchange& exchange, const Form& form) {
        const FirmMemberId member{parse_integer(exchange.part("member")).value_or(0)};
        return after(firms, exchange, "changed",
                     [&](const FirmActor& by) { return change_standing(firms, by, member, form.get("standing")); });
      });
  router.form(
      "/firm/close", Access::recently_proved,
      [](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        if (!is_owner(exchange)) return missing();
        return pages::close_page(exchange, form);
      },
      [&firms](Exchange& exchange, const Form&) {
        return after(firms, exchange, "closed", [&](const FirmActor& by) { return close_firm(firms, by); });
      });
  router.form(
      "/representing/share", Access::recently_proved,
      [&firms](Exchange& exchange, const FormState& form) { return show_share(firms, exchange, form); },
      [&firms](Exchange& exchange, const Form& form) {
        return after(
            firms, exchange, "shared",
            [&](const FirmActor& by) { return share_client(firms, by, typed_client(form.get("representation"))); },
            "/representing");
      });
}

}  // namespace

void add_firm_routes(web::Router& router, const Firms& firms) {
  using web::Access;
  add_proved_routes(router, firms);
  router.get(
      "/firm", Access::signed_in, [&firms](Exchange& exchange) { return show_firm(firms, exchange); }, web::Cost::slow);
  router.post("/firm/join", Access::signed_in, [&firms](Exchange& exchange, const Form& form) {
    return after(firms, exchange, "joined",
                 [&](const FirmActor& by) { return join_firm(firms, by, typed_member(form)); });
  });
  router.post("/firm/decline", Access::signed_in, [&firms](Exchange& exchange, const Form& form) {
    return after(firms, exchange, "declined",
                 [&](const FirmActor& by) { return decline_invitation(firms, by, typed_member(form)); });
  });
  router.post("/firm/members/remove", Access::signed_in, [&firms](Exchange& exchange, const Form& form) {
    return after(firms, exchange, "removed",
                 [&](const FirmActor& by) { return remove_from_firm(firms, by, typed_member(form)); });
  });
  router.form(
      "/firm/leave", Access::signed_in,
      [](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        if (!find_membership(exchange.snapshot(), exchange.visitor.account)) return missing();
        return pages::leave_page(exchange, form);
      },
      [&firms](Exchange& exchange, const Form&) {
        return after(firms, exchange, "left", [&](const FirmActor& by) { return leave_firm(firms, by); });
      });
  router.post("/representing/keep", Access::signed_in, [&firms](Exchange& exchange, const Form& form) {
    return after(
        firms, exchange, "kept",
        [&](const FirmActor& by) { return keep_client(firms, by, typed_client(form.get("representation"))); },
        "/representing");
  });
}

}  // namespace waymark::cases
