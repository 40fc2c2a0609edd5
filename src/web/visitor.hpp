// Who asks. Resolved once a request by the accounts feature, which web knows only by this interface.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/time.hpp"
#include "db/database.hpp"
#include "web/office.hpp"
#include "web/request.hpp"

namespace waymark::web {

// How far somebody is signed in; each reaches only the routes that say so.
enum class Standing {
  stranger,
  half_signed_in,  // the password was right; the second factor is still owed
  signed_in,
};

struct Visitor {
  Standing standing = Standing::stranger;
  AccountId account{};  // when half or wholly signed in
  SessionId session{};
  std::string csrf_secret{};  // what this visitor's CSRF tokens are made from: of the session, or of the cookie
  std::string given_name{};   // for the greeting; signed in only
  std::string language{};     // the person's choice; empty: none yet
  std::string time_zone{};    // the person's choice; empty: the agency's
  std::optional<Instant> previous_visit{};  // before this sign-in
  Instant signed_in_at{};
  Instant proved_at{};  // the last time a password or factor was proved
  bool is_shared_computer = false;
  // When it ends if nothing more is done, and when it ends whatever is done; signed in only.
  Instant idle_ends_at{}, ends_at{};
  bool owes_second_factor = false;   // a device stood for it at sign-in: proving again asks for it
  std::optional<OfficeSeat> seat{};  // an officer, on the office's pages alone; then there is no account
};

// Pages and answers about the session's own end: asking for one is no activity, or it would never come. Only a POST to
// the second is.
inline constexpr std::string_view kSessionPaths = "/session/";
inline constexpr std::string_view kSessionStayPath = "/session/stay";
inline constexpr std::string_view kOfficeSessionPaths = "/office/session/";
inline constexpr std::string_view kOfficeSessionStayPath = "/office/session/stay";

// Live pages, pictures and scripts ask by themselves; a person moves by navigating and by posting. Browsers that don't
// say (no Sec-Fetch-Mode) are taken as people. Pages about the session's own end come by themselves, whatever the
// browser says of them, and so does a form that is kept before it.
bool is_activity(const Request& request);

class VisitorSource {
 public:
  virtual ~VisitorSource() = default;
  // Reads the session cookie; a missing, expired, ended or unknown session is a stranger. Reads only.
  virtual Visitor find_visitor(const Request& request, db::Snapshot& snapshot) = 0;
  // A signed-in person chose a language in the header: kept with the account, since it goes before the cookie.
  // Called with a tag that the site has words for. Writes.
  virtual void keep_language(db::Database& /*database*/, const Visitor& /*visitor*/, std::string_view /*language*/) {}
};

}  // namespace waymark::web
