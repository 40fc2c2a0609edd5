// Routes: a pattern, who may, and what answers. A route without an access rule does not compile.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "web/exchange.hpp"
#include "web/office.hpp"

namespace waymark::web {

enum class Access {
  anyone,
  strangers_only,   // sign-in, sign-up: somebody signed in is sent to /cases
  half_signed_in,   // a session that waits for its second factor reaches these and no other (incident I44)
  signed_in,        // others go to /sign-in with a checked return address
  recently_proved,  // signed in, and proved again in the last 20 minutes (step-up)
  program,  // the agency's systems, by a key in the Authorization header: no cookie, no visitor, no token; JSON always
  office,   // an officer of one of the route's roles; others go to /office/sign-in
  office_recently_proved,  // and proved again in the last 20 minutes
};
inline bool is_office(Access access) { return access == Access::office || access == Access::office_recently_proved; }

// Who may: everything that a route says of it. Under /office stand the office's rules and `anyone`, nowhere else the
// office's.
struct AccessRule {
  // NOLINTNEXTLINE(google-explicit-constructor): an Access is a whole rule for people's routes
  AccessRule(Access given, OfficeRoles officers = {}) : access(given), roles(officers) {}
  Access access;
  OfficeRoles roles;
};
inline AccessRule officers(OfficeRoles roles) { return {Access::office, roles}; }
inline AccessRule officers_recently_proved(OfficeRoles roles) { return {Access::office_recently_proved, roles}; }

// May it take longer than a read of some microseconds? Then it runs on the pool even on SQLite. What hashes passwords
// waits for tens of milliseconds and runs on a pool of its own, so that nobody else waits behind it.
enum class Cost { quick, slow, hashing };

using GetHandler = std::function<Result<Response>(Exchange&)>;
using ShowHandler = std::function<Result<Response>(Exchange&, const FormState&)>;
using PostHandler = std::function<Result<Response>(Exchange&, const Form&)>;

struct Route {
  Method method = Method::get;
  std::string pattern;  // "/cases/:receipt"; a ":part" matches one segment of letters, digits, "-", "_" and "~", so
                        // that "/cases/X/a.css" and "/cases/X;a.css" are no pages of ours (incident I67)
  AccessRule rule = Access::signed_in;
  Cost cost = Cost::quick;
  GetHandler get{};
  PostHandler post{};
  ShowHandler show{};  // redraws the form after a refusal of `post`: 422 with what was typed
  std::size_t body_bytes_max = 64 * 1024;
  // Fields that are kept for half an hour when the form comes after the session's end (web/drafts); never passwords or
  // codes. Empty: none.
  std::vector<std::string> drafted_fields{};
  // Programs' routes: the body goes into Request::spooled; `early` sees the head alone, on the socket's thread, and
  // refuses before a byte of the body is read.
  bool spools_body = false;
  std::function<std::optional<Failure>(const Request&)> early{};
};

inline constexpr std::string_view kProgramPaths = "/api/";

class Router {
 public:
  void get(std::string pattern, AccessRule rule, GetHandler handler, Cost cost = Cost::quick);
  void post(std::string pattern, AccessRule rule, PostHandler handler, Cost cost = Cost::slow);
  // A form page: GET draws it empty; POST runs `submit`, and on a bad_input failure draws it again with the messages.
  // A GET that writes down who looked is no quick one: say what it costs.
  void form(std::string pattern, AccessRule rule, ShowHandler show, PostHandler submit, Cost post_cost = Cost::slow,
            Cost get_cost = Cost::quick);
  // A program's route: any method, its body as it comes.
  void program(Method method, std::string pattern, GetHandler handler);
  // A POST with a body of up to so many bytes, spooled to the disk.
  void program_upload(std::string pattern, std::size_t body_bytes_max,
                      std::function<std::optional<Failure>(const Request&)> early, GetHandler handler);
  // These fields of the form that was added under this pattern outlive the session: see Route.
  void keep_drafts(std::string_view pattern, std::vector<std::string> fields);

  struct Match {
    const Route* route = nullptr;  // null: no such path, or not with this method
    bool path_exists = false;      // then the answer is 405 with `allowed`
    std::string allowed;           // "GET, HEAD, POST"
    std::vector<std::pair<std::string_view, std::string>> parts;
  };
  Match match(Method method, std::string_view path) const;  // HEAD matches GET; fixed segments win over ":parts"
  // Only the route, without the parts; null when there is none for the method.
  const Route* find_route(Method method, std::string_view path) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  // A segment's place in the tree of patterns; numbers are places in nodes_ and routes_.
  struct Node {
    std::vector<std::pair<std::string, std::size_t>> fixed;
    std::optional<std::size_t> part;
    std::optional<std::size_t> get, post;
    bool has_routes() const { return get || post; }
  };

  void add(Route route);  // asserts that the pattern is well formed and not there twice
  std::size_t add_node(std::size_t parent, std::string_view segment);
  const Node* find_node(const Node& from, std::string_view rest) const;
  static std::optional<std::size_t> route_at(const Node& node, Method method);

  std::vector<Route> routes_;
  std::vector<Node> nodes_ = std::vector<Node>(1);  // the first is the root
};

}  // namespace waymark::web
