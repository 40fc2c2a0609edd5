#include "web/status_words.hpp"

#include <fmt/format.h>

namespace waymark::web {
namespace {

constexpr std::chrono::seconds kTryBusyAgain{5};
constexpr std::chrono::seconds kTryTooManyAgain{60};

}  // namespace

Problem make_problem(const catalogue::Locale& words, int status) {
  std::string key = fmt::format("web.status.{}.text", status);
  int described = status;
  if (!words.has(key)) {
    described = status >= 500 ? 500 : 400;
    key = fmt::format("web.status.{}.text", described);
  }
  Problem problem{.status = status,
                  .title = std::string(words.text(fmt::format("web.status.{}.title", described))),
                  .text = std::string(words.text(key)),
                  .code = key};
  if (status == 503) problem.retry_after = kTryBusyAgain;
  if (status == 429) problem.retry_after = kTryTooManyAgain;
  return problem;
}

std::vector<std::string> sentences_of(const Problem& problem, const catalogue::Locale& words) {
  std::vector<std::string> sentences{problem.text};
  if (problem.retry_after) {
    const std::string time = words.duration(*problem.retry_after);
    sentences.push_back(words.text("web.status.try_again_in", {{"time", std::string_view(time)}}));
  }
  return sentences;
}

std::string help_sentence(const catalogue::Brand& brand, const catalogue::Locale& words) {
  if (brand.phone.empty()) return {};
  return words.text("web.status.help",
                    {{"phone", std::string_view(brand.phone)}, {"hours", brand.phone_hours.in(words.tag())}});
}

}  // namespace waymark::web
