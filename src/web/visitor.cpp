#include "web/visitor.hpp"

namespace waymark::web {

bool is_activity(const Request& request) {
  if (request.path == kSessionStayPath || request.path == kOfficeSessionStayPath) return request.method == Method::post;
  if (request.path.starts_with(kSessionPaths) || request.path.starts_with(kOfficeSessionPaths)) return false;
  const auto mode = request.header("sec-fetch-mode");
  return request.method == Method::post || mode.empty() || mode == "navigate";
}

}  // namespace waymark::web
