// The office's pages without the wire, for random people and cases of an installation that fill_bench made:
//   office_bench FOLDER sqlite|postgres://… SECONDS PAGE CASES
// PAGE: what is searched by (born, names, email, receipt), a queue, waiting-later (a page in the middle), or case.
#include <cstdio>
#include <random>

#include "app/features.hpp"
#include "app/routes.hpp"
#include "base/text.hpp"
#include "features/accounts/search/person_search.hpp"
#include "support/figures.hpp"
#include "support/installation.hpp"
#include "support/made_up_case.hpp"
#include "web/cookies.hpp"
#include "web/site.hpp"

namespace {

using namespace waymark;

// Below what an officer may search in an hour.
constexpr int kSearchesAnOfficer = 100;

std::string encoded(std::string_view text) {
  std::string out;
  for (const char letter : text) out += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
  return out;
}

class Officer {
 public:
  Officer(app::Foundation& foundation, app::Features& features, const web::Site& site)
      : foundation_(foundation), features_(features), site_(site) {}

  // Signs a new officer in: the next hundred searches are theirs.
  void begin() {
    const auto id = foundation_.ids.next<OfficerId>();
    const auto email = parse_email(fmt::format("officer{}@northport.example", id.value));
    const auto key = features_.office.sessions.make_key({.peer = "127.0.0.1"});
    foundation_.database->write([&](db::Transaction& tx) {
      features_.office.officers.add(tx, {.id = id,
                                         .email = *email,
                                         .name = "Maya Lindqvist",
                                         .handle = foundation_.random.bytes(64),
                                         .role = web::OfficeRole::case_officer,
                                         .unit = "Northport field office",
                                         .language = "en",
                                         .state = office::OfficerState::active,
                                         .created_at = foundation_.clock->now()});
      features_.office.sessions.start(tx, key, id, "bench");
    });
    cookie_ = fmt::format("{}={}", web::kOfficeCookie, key.token);
    const auto page = get("/office/search").body;
    const std::string_view before = "name=\"csrf\" value=\"";
    const auto from = page.find(before) + before.size();
    token_ = page.substr(from, page.find('"', from) - from);
    searches_ = 0;
  }
  web::Response get(std::string target) {
    const auto question = std::min(target.find('?'), target.size());
    web::Request request = make_request(target.substr(0, question));
    if (question < target.size()) request.query = target.substr(question + 1);
    return site_.dispatch(request);
  }
  web::Response search(const std::string& fields) {
    if (searches_++ == kSearchesAnOfficer) begin();
    return submit("/office/search", "&" + fields);
  }
  // The form, and where it leads.
  web::Response submit(std::string path, const std::string& fields) {
    web::Request request = make_request(std::move(path));
    request.method = web::Method::post;
    request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    request.body = fmt::format("csrf={}&reason=answering_person{}", encoded(token_), fields);
    const auto asked = site_.dispatch(request);
    for (const auto& [name, value] : asked.headers) {
      if (name == "location") return get(value);
    }
    return asked;
  }

 private:
  web::Request make_request(std::string path) const {
    web::Request request;
    request.path = std::move(path);
    request.peer = "127.0.0.1";
    request.request_id = "0123456789abcdef";
    request.headers = {
        {"host", std::string(site_.authority())}, {"accept", "text/html"},        {"accept-language", "en"},
        {"sec-fetch-site", "same-origin"},        {"sec-fetch-mode", "navigate"}, {"cookie", cookie_}};
    return request;
  }

  app::Foundation& foundation_;
  app::Features& features_;
  const web::Site& site_;
  std::string cookie_, token_;
  int searches_ = 0;
};

std::string fields_of(std::string_view by, std::int64_t number) {
  const auto name = bench::make_name(number);
  const auto born_on = to_iso(bench::make_birth_date(number));
  const auto names = fmt::format("name={}&second_name={}", encoded(name.given), encoded(name.family));
  if (by == "names") return names;
  if (by == "email") return "email=" + encoded(bench::email_of(number));
  if (by == "receipt") return fmt::format("receipt_number=NPT{:010}", number);
  return fmt::format("{}&date_of_birth_year={}&date_of_birth_month={}&date_of_birth_day={}", names,
                     born_on.substr(0, 4), born_on.substr(5, 2), born_on.substr(8, 2));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) return 2;
  const std::string page = argv[4];
  const std::int64_t cases = std::atoll(argv[5]), accounts = std::max<std::int64_t>(cases / 3, 1);
  app::Foundation foundation(bench::make_config(argv[1], argv[2]));
  app::Features features(foundation, [] {});
  const web::Site site(app::site_parts(foundation, features), app::make_routes(features));
  Officer officer(foundation, features, site);
  officer.begin();
  const bool is_search = page == "born" || page == "names" || page == "email" || page == "receipt";
  const auto middle = to_millis(foundation.clock->now() - std::chrono::days{60});
  std::minstd_rand dice(4711);
  int refused = 0;
  const auto figures = bench::run_for(std::chrono::seconds{std::atoi(argv[3])}, [&] {
    const auto number = static_cast<std::int64_t>(dice()) % (page == "email" ? accounts : cases);
    const auto answer = is_search        ? officer.search(fields_of(page, number))
                        : page == "case" ? officer.submit(fmt::format("/office/cases/NPT{:010}/look", number), "")
                        : page == "waiting-later"
                            ? officer.get(fmt::format("/office/queue?queue=waiting&after={}", middle))
                            : officer.get("/office/queue?queue=" + page);
    const bool is_what_was_asked = page != "case" || answer.body.find("/act/note") != std::string::npos;
    if (answer.status != 200 || !is_what_was_asked) ++refused;
  });
  std::printf("%s\n", figures.c_str());
  if (refused > 0) std::fprintf(stderr, "%d were refused\n", refused);
  return refused > 0 ? 1 : 0;
}
