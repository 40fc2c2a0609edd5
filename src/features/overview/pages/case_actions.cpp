// What can be done about a case, by who is looking.
#include "features/cases/case_urls.hpp"
#include "features/overview/pages/case_sections.hpp"

namespace waymark::overview::pages {

using cases::Facet;
using cases::VisibleCase;
using web::Html;
using namespace web::literals;

Html actions_section(const CaseWords& words, const VisibleCase& visible) {
  Html inside;
  inside("<ul>"_html);
  if (!may_see(visible, Facet::evidence)) {
    inside("<li>"_html, words.text("overview.actions.not_asked"), "</li>"_html);
  } else if (visible.open_requests == 0) {
    inside("<li>"_html, words.text("overview.actions.nothing_to_answer"), "</li>"_html);
  }
  if (may_act(visible, cases::Act::write)) {
    inside("<li>"_html,
           web::link(web::Url("/messages/new").with("case", visible.receipt_number),
                     words.text("messages.write_about_case")),
           "</li>"_html);
  }
  if (visible.party == PartyId{}) {  // another person's: who was let in may only leave
    inside("<li>"_html,
           visible.by_firm             ? web::link("/firm", words.text("overview.actions.to_firm"))
           : visible.representing != 0 ? web::link("/representing", words.text("overview.actions.stop_representing"))
                                       : web::link("/helping", words.text("overview.actions.stop_helping")),
           "</li></ul>"_html);
    return web::card(words.text("overview.section.actions"), inside, "actions");
  }
  if (may_act(visible, cases::Act::share)) {
    inside("<li>"_html,
           web::link(cases::representative_url(visible.receipt_number), words.text("overview.actions.representative")),
           "</li>"_html);
    inside("<li>"_html, web::link(cases::helpers_url(visible.receipt_number), words.text("overview.actions.helpers")),
           "</li>"_html);
  }
  if (may_act(visible, cases::Act::consent)) {
    inside("<li>"_html, web::link(cases::consent_url(visible.receipt_number), words.text("overview.actions.consent")),
           "</li>"_html);
  }
  inside("<li>"_html, web::link(cases::looks_url(visible.receipt_number), words.text("overview.actions.looks")),
         "</li><li>"_html, words.text("overview.actions.letter"), "</li><li>"_html,
         web::link(cases::disconnection_url(visible.receipt_number), words.text("overview.actions.disconnect")),
         "</li></ul>"_html);
  return web::card(words.text("overview.section.actions"), inside, "actions");
}

}  // namespace waymark::overview::pages
