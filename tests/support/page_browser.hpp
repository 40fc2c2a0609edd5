// A browser without scripts that talks to a Site directly: keeps cookies, follows redirects when told, fills in forms.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "web/site.hpp"

namespace waymark::testing {

class PageBrowser {
 public:
  // `site` must outlive the browser; authority: what goes into Host.
  PageBrowser(const web::Site& site, std::string authority) : site_(site), authority_(std::move(authority)) {}

  std::string peer = "203.0.113.9";
  std::string accept_language = "en";
  std::string accept = "text/html";
  std::vector<std::pair<std::string, std::string>> more_headers{};  // sent with every request

  web::Response get(const std::string& target) { return send(web::Method::get, target, {}); }
  web::Response head(const std::string& target) { return send(web::Method::head, target, {}); }

  // Draws the form's page first for its token, then posts the fields.
  web::Response submit(const std::string& page, const std::string& action,
                       const std::vector<std::pair<std::string, std::string>>& fields) {
    const auto drawn = follow(get(page));
    return post(action, token_in(drawn.body), fields);
  }
  web::Response submit(const std::string& page, const std::vector<std::pair<std::string, std::string>>& fields) {
    return submit(page, page, fields);
  }
  web::Response post(const std::string& action, const std::string& token,
                     const std::vector<std::pair<std::string, std::string>>& fields) {
    std::string body = "csrf=" + encode(token);
    for (const auto& [name, value] : fields) body += "&" + encode(name) + "=" + encode(value);
    return send(web::Method::post, action, body);
  }
  web::Response follow(web::Response response) {
    for (int hops = 0; response.status == 303 && hops < 5; ++hops) response = get(location_of(response));
    return response;
  }

  static std::string location_of(const web::Response& response) {
    for (const auto& [name, value] : response.headers) {
      if (name == "location") return value;
    }
    return {};
  }
  static std::string token_in(const std::string& page) {
    const std::string_view before = "name=\"csrf\" value=\"";
    const auto start = page.find(before);
    if (start == std::string::npos) throw std::runtime_error("no form with a token on this page: " + page);
    const auto from = start + before.size();
    return page.substr(from, page.find('"', from) - from);
  }
  std::string cookie(const std::string& name) const {
    const auto found = cookies_.find(name);
    return found == cookies_.end() ? std::string{} : found->second;
  }
  void set_cookie(const std::string& name, std::string value) { cookies_[name] = std::move(value); }

 private:
  static std::string encode(std::string_view text) {
    std::string out;
    for (const char letter : text) out += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    return out;
  }
  web::Response send(web::Method method, const std::string& target, std::string body) {
    web::Request request;
    request.method = method;
    const auto question = target.find('?');
    request.path = target.substr(0, question);
    if (question != std::string::npos) request.query = target.substr(question + 1);
    request.peer = peer;
    request.request_id = "0123456789abcdef";
    request.headers = {{"host", authority_},
                       {"accept", accept},
                       {"accept-language", accept_language},
                       {"sec-fetch-site", "same-origin"},
                       {"sec-fetch-mode", "navigate"}};
    request.headers.insert(request.headers.end(), more_headers.begin(), more_headers.end());
    if (method == web::Method::post) {
      request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
      request.body = std::move(body);
    }
    std::string sent;
    for (const auto& [name, value] : cookies_) sent += (sent.empty() ? "" : "; ") + name + "=" + value;
    if (!sent.empty()) request.headers.emplace_back("cookie", sent);
    auto response = site_.dispatch(request);
    for (const auto& cookie : response.cookies) keep(cookie);
    return response;
  }
  void keep(const std::string& set_cookie) {
    const auto equals = set_cookie.find('=');
    const auto end = std::min(set_cookie.find(';'), set_cookie.size());
    const auto name = set_cookie.substr(0, equals);
    const auto value = set_cookie.substr(equals + 1, end - equals - 1);
    if (value.empty() || set_cookie.find("Max-Age=0") != std::string::npos) {
      cookies_.erase(name);
    } else {
      cookies_[name] = value;
    }
  }

  const web::Site& site_;
  std::string authority_;
  std::map<std::string, std::string> cookies_;
};

}  // namespace waymark::testing
