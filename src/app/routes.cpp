#include "app/routes.hpp"

#include "features/accounts/activity/activity_routes.hpp"
#include "features/accounts/closing/close_account.hpp"
#include "features/accounts/data/download_data.hpp"
#include "features/accounts/devices/device_routes.hpp"
#include "features/accounts/password_and_name_routes.hpp"
#include "features/accounts/phrase/phrase_routes.hpp"
#include "features/accounts/recovery/email_routes.hpp"
#include "features/accounts/recovery/link_routes.hpp"
#include "features/accounts/recovery/recovery_routes.hpp"
#include "features/accounts/sessions/session_routes.hpp"
#include "features/accounts/sign_in/sign_in_routes.hpp"
#include "features/accounts/sign_up/sign_up_routes.hpp"
#include "features/cases/consenting/routes.hpp"
#include "features/cases/firms/routes.hpp"
#include "features/cases/representing/routes.hpp"
#include "features/cases/routes.hpp"
#include "features/cases/sharing/routes.hpp"
#include "features/feed/routes.hpp"
#include "features/help/routes.hpp"
#include "features/help/security_contact.hpp"
#include "features/messages/routes.hpp"
#include "features/notifications/routes.hpp"
#include "features/office/routes.hpp"
#include "features/overview/routes.hpp"

namespace waymark::app {
namespace {

// Only the whole router knows which pages an article may lead to.
void require_living_links(const Features& features, const web::Router& router) {
  const auto problems = help::list_dead_links(features.help.parts.catalogue, router);
  if (problems.empty()) return;
  std::string all = "the catalogue has problems:";
  for (const auto& problem : problems) all += fmt::format("\n  {}:{}: {}", problem.file, problem.line, problem.reason);
  throw StartProblem(all);
}

}  // namespace

web::Router make_routes(Features& features) {
  web::Router router;
  help::add_routes(router, features.help);                   // / /privacy /accessibility /contact/… /help/… /office/…
  accounts::add_sign_up_routes(router, features.accounts);   // /sign-up/…
  accounts::add_sign_in_routes(router, features.accounts);   // /sign-in/… /sign-out /signed-out
  accounts::add_recover_routes(router, features.accounts);   // /recover/…
  accounts::add_link_routes(router, features.accounts);      // /link/TOKEN /cancel /recover/locked
  accounts::add_email_routes(router, features.accounts);     // /account/email/…
  accounts::add_account_routes(router, features.accounts);   // /account/…
  accounts::add_device_routes(router, features.accounts);    // /account/devices/…
  accounts::add_activity_routes(router, features.accounts);  // /account/activity
  accounts::add_session_routes(router);                      // /session/…
  accounts::add_data_routes(router, features.accounts);      // /account/data
  accounts::add_closing_routes(router, features.accounts);   // /account/closure /account-closed /sign-in/come-back
  cases::add_routes(router, features.cases, features.find_person);  // /cases/connect /cases/RECEIPT/disconnection
  cases::add_consent_routes(router, features.cases);                // /cases/RECEIPT/beneficiary
  cases::add_sharing_routes(router, features.sharing);              // /cases/RECEIPT/helpers/… /helping
  cases::add_representing_routes(router, features.representing);    // /cases/RECEIPT/representative/… /representing/…
  cases::add_firm_routes(router, features.firms);                   // /firm/… /representing/share
  overview::add_routes(router, features.overview);  // /cases /cases/RECEIPT /helping/RECEIPT /representing/RECEIPT

  accounts::add_phrase_routes(router, features.accounts);     // /account/phrase
  notifications::add_routes(router, features.notifications);  // /genuine
  help::add_well_known_routes(router, features.security_contact);
  accounts::add_password_and_name_routes(router, features.accounts);

  messages::add_routes(router, features.messages);         // /messages/…
  messages::add_office_routes(router, features.messages);  // /office/messages/… /office/replies/…
  feed::add_program_routes(router, features.feed_door);    // /api/feed/v1/…
  feed::add_office_routes(router, features.feed_door);     // /office/feed/…
  office::add_entry_routes(router, features.office);       // /office/sign-in /office/welcome/TOKEN /office/session/…
  office::add_officer_routes(router, features.office);     // /office /office/keys /office/officers/…
  office::add_search_routes(router, features.office);      // /office/search /office/searches/ID /office/queue
  office::add_case_routes(router, features.office);        // /office/cases/RECEIPT/… /office/looks
  office::add_person_routes(router, features.office);      // /office/recoveries /office/people/ID
  office::add_representative_routes(router, features.office);  // /office/representatives/…

  require_living_links(features, router);
  return router;
}

web::Site::Parts site_parts(Foundation& foundation, Features& features) {
  return {.catalogue = foundation.catalogue,
          .words = foundation.words,
          .database = *foundation.database,
          .clock = *foundation.clock,
          .random = foundation.random,
          .keys = foundation.keys,
          .metrics = foundation.metrics,
          .visitors = features.accounts.sessions,
          .origin = foundation.config.origin,
          .is_demo = foundation.config.demo,
          .drafts = &features.accounts.drafts,
          .officers = &features.office.sessions,
          .office_nav = office_navigation()};
}

std::vector<web::OfficeNavLink> office_navigation() {
  auto links = office::office_navigation();
  // Daily work first: behind the queue and the search.
  auto more = messages::office_navigation();
  const auto help = help::office_nav_links();
  more.insert(more.end() - 1, help.begin(), help.end());
  links.insert(links.begin() + 2, more.begin(), more.end());
  const auto feed = feed::office_navigation();
  links.insert(links.end() - 1, feed.begin(), feed.end());
  return links;
}

}  // namespace waymark::app
