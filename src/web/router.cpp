#include "web/router.hpp"

#include "base/assert.hpp"
#include "web/drafts.hpp"

namespace waymark::web {
namespace {

// Takes the first segment off a path without its leading "/".
std::string_view take_segment(std::string_view& rest) {
  const std::size_t slash = rest.find('/');
  const std::string_view segment = rest.substr(0, slash);
  rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
  return segment;
}

bool may_be_part(std::string_view segment) {
  return !segment.empty() && std::all_of(segment.begin(), segment.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '~';
  });
}

bool ends_in_slash(std::string_view path) { return path.size() > 1 && path.back() == '/'; }

}  // namespace

void Router::get(std::string pattern, AccessRule rule, GetHandler handler, Cost cost) {
  add({.pattern = std::move(pattern), .rule = rule, .cost = cost, .get = std::move(handler)});
}

void Router::post(std::string pattern, AccessRule rule, PostHandler handler, Cost cost) {
  add({.method = Method::post, .pattern = std::move(pattern), .rule = rule, .cost = cost, .post = std::move(handler)});
}

void Router::form(std::string pattern, AccessRule rule, ShowHandler show, PostHandler submit, Cost post_cost,
                  Cost get_cost) {
  get(pattern, rule, [show](Exchange& exchange) { return show(exchange, find_draft(exchange)); }, get_cost);
  add({.method = Method::post,
       .pattern = std::move(pattern),
       .rule = rule,
       .cost = post_cost,
       .post = std::move(submit),
       .show = std::move(show)});
}

void Router::program(Method method, std::string pattern, GetHandler handler) {
  add({.method = method,
       .pattern = std::move(pattern),
       .rule = Access::program,
       .cost = Cost::slow,
       .get = std::move(handler)});
}

void Router::program_upload(std::string pattern, std::size_t body_bytes_max,
                            std::function<std::optional<Failure>(const Request&)> early, GetHandler handler) {
  add({.method = Method::post,
       .pattern = std::move(pattern),
       .rule = Access::program,
       .cost = Cost::slow,
       .get = std::move(handler),
       .body_bytes_max = body_bytes_max,
       .spools_body = true,
       .early = std::move(early)});
}

void Router::keep_drafts(std::string_view pattern, std::vector<std::string> fields) {
  const auto route = std::ranges::find_if(
      routes_, [&](const Route& one) { return one.method == Method::post && one.pattern == pattern; });
  WAYMARK_ASSERT(route != routes_.end() && route->show);
  route->drafted_fields = std::move(fields);
}

void Router::add(Route route) {
  WAYMARK_ASSERT(route.pattern.starts_with('/') && !ends_in_slash(route.pattern));
  const bool is_program = route.rule.access == Access::program;
  WAYMARK_ASSERT(is_program == route.pattern.starts_with(kProgramPaths));
  WAYMARK_ASSERT(route.method == Method::get || is_program ? bool{route.get}
                                                           : route.method == Method::post && bool{route.post});
  // Deny by default: an office route names its roles, and the office's sessions count nowhere else.
  WAYMARK_ASSERT(is_office(route.rule.access) ? is_office_path(route.pattern) && !route.rule.roles.empty()
                                              : route.rule.access == Access::anyone || !is_office_path(route.pattern));
  std::size_t node = 0;
  for (std::string_view rest = std::string_view(route.pattern).substr(1); !rest.empty();) {
    node = add_node(node, take_segment(rest));
  }
  auto& place = route.method == Method::get ? nodes_[node].get : nodes_[node].post;
  if (place) assertion_failed(("a route stands there twice: " + route.pattern).c_str(), __FILE__, __LINE__);
  place = routes_.size();
  routes_.push_back(std::move(route));
}

std::size_t Router::add_node(std::size_t parent, std::string_view segment) {
  WAYMARK_ASSERT(!segment.empty() && segment != ":");
  const std::size_t fresh = nodes_.size();
  if (segment.starts_with(':')) {
    if (nodes_[parent].part) return *nodes_[parent].part;
    nodes_[parent].part = fresh;
  } else {
    for (const auto& [name, node] : nodes_[parent].fixed) {
      if (name == segment) return node;
    }
    nodes_[parent].fixed.emplace_back(segment, fresh);
  }
  nodes_.emplace_back();
  return fresh;
}

const Router::Node* Router::find_node(const Node& from, std::string_view rest) const {
  if (rest.empty()) return from.has_routes() ? &from : nullptr;
  const std::string_view segment = take_segment(rest);
  for (const auto& [name, node] : from.fixed) {
    if (name != segment) continue;
    if (const Node* found = find_node(nodes_[node], rest)) return found;
  }
  return from.part && may_be_part(segment) ? find_node(nodes_[*from.part], rest) : nullptr;
}

std::optional<std::size_t> Router::route_at(const Node& node, Method method) {
  if (method == Method::get || method == Method::head) return node.get;
  if (method == Method::post) return node.post;
  return std::nullopt;
}

const Route* Router::find_route(Method method, std::string_view path) const {
  if (!path.starts_with('/') || ends_in_slash(path)) return nullptr;
  const Node* node = find_node(nodes_.front(), path.substr(1));
  const auto place = node == nullptr ? std::nullopt : route_at(*node, method);
  return place ? &routes_[*place] : nullptr;
}

Router::Match Router::match(Method method, std::string_view path) const {
  Match match;
  if (!path.starts_with('/') || ends_in_slash(path)) return match;
  const Node* node = find_node(nodes_.front(), path.substr(1));
  if (node == nullptr) return match;
  match.path_exists = true;
  const auto place = route_at(*node, method);
  if (!place) {
    match.allowed = node->get ? (node->post ? "GET, HEAD, OPTIONS, POST" : "GET, HEAD, OPTIONS") : "OPTIONS, POST";
    return match;
  }
  match.route = &routes_[*place];
  std::string_view names = match.route->pattern;
  for (names.remove_prefix(1), path.remove_prefix(1); !names.empty();) {
    const std::string_view name = take_segment(names);
    const std::string_view value = take_segment(path);
    if (name.starts_with(':')) match.parts.emplace_back(name.substr(1), value);
  }
  return match;
}

}  // namespace waymark::web
