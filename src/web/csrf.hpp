// Tokens that show that a form was drawn by our own page for this visitor. Every token is masked with fresh randomness,
// so that a compressed page never repeats a secret (BREACH).
#pragma once

#include <string>
#include <string_view>

#include "platform/keys.hpp"
#include "platform/random.hpp"
#include "web/html.hpp"
#include "web/request.hpp"

namespace waymark::web {

// What tokens are made from: the session's secret, or a stranger's random cookie. The two never give the same token.
std::string csrf_key_of_session(const KeyedHash& hash, std::string_view session_secret);
std::string csrf_key_of_visit(const KeyedHash& hash, std::string_view visit_cookie);

// What stands around one in a form: the hidden field that carries it.
inline constexpr Markup kCsrfFieldBegin = "<input type=\"hidden\" name=\"csrf\" value=\""_html;
inline constexpr Markup kCsrfFieldEnd = "\">"_html;

std::string make_csrf_token(Random& random, std::string_view key);
// Never true for an empty, cut or foreign token (incident I20); takes the same time for every wrong one.
bool is_csrf_token(std::string_view token, std::string_view key);

std::string make_visit_cookie(Random& random);
// The stranger's cookie, when it is there and has the form that make_visit_cookie gives; otherwise empty.
std::string_view find_visit_cookie(const Request& request);

// Whether a changing request was sent by a page of ours, as far as the browser tells: Sec-Fetch-Site, or else Origin.
// A browser that sends neither is left to the token.
bool is_from_our_own_page(const Request& request, bool is_https);

}  // namespace waymark::web
