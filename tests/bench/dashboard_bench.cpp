// The dashboard without the wire: from the request as the server hands it over to the finished answer, over and over,
// for random people. For the product's own share of a request, and for a profiler.
//   dashboard_bench FOLDER sqlite|postgres://… SECONDS [gzip]
#include <cstdio>
#include <fstream>
#include <random>

#include "app/features.hpp"
#include "app/routes.hpp"
#include "support/figures.hpp"
#include "support/installation.hpp"
#include "web/site.hpp"

namespace {

using namespace waymark;

std::vector<std::string> load_tokens(const std::filesystem::path& folder) {
  std::vector<std::string> tokens;
  std::ifstream in(bench::tokens_file(folder));
  for (std::string token; std::getline(in, token);) tokens.push_back(token);
  return tokens;
}

web::Request make_request(std::string_view token, bool wants_gzip) {
  web::Request request;
  request.path = "/cases";
  request.peer = "127.0.0.1";
  request.request_id = "0123456789abcdef";
  request.headers = {{"host", "localhost:8080"},
                     {"accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
                     {"accept-language", "en-US,en;q=0.5"},
                     {"accept-encoding", wants_gzip ? "gzip, deflate" : "identity"},
                     {"sec-fetch-mode", "navigate"},
                     {"cookie", fmt::format("__Host-session={}", token)}};
  return request;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const bool wants_gzip = argc > 4;
  app::Foundation foundation(bench::make_config(argv[1], argv[2]));
  app::Features features(foundation, [] {});
  const web::Site site(app::site_parts(foundation, features), app::make_routes(features));
  const auto handler = site.handler();
  const auto tokens = load_tokens(argv[1]);
  std::minstd_rand dice(4711);
  int refused = 0;
  const auto figures = bench::run_for(std::chrono::seconds{std::atoi(argv[3])}, [&] {
    auto request = make_request(tokens[dice() % tokens.size()], wants_gzip);
    if (handler.handle(request).status != 200) ++refused;
  });
  std::printf("%s\n", figures.c_str());
  if (refused > 0) std::fprintf(stderr, "%d were refused: renew the sessions first\n", refused);
  return refused > 0 ? 1 : 0;
}
