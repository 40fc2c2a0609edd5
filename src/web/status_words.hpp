// What a refusal says, apart from how it is drawn.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "catalogue/catalogue.hpp"
#include "catalogue/words.hpp"
#include "web/html.hpp"

namespace waymark::web {

struct Problem {
  int status = 500;
  std::string title, text;
  std::string code;  // for machines: the locale key that `text` came from
  std::optional<std::chrono::seconds> retry_after{};
  std::vector<std::pair<std::string, std::string>> fields{};  // name and message
  std::optional<Url> back{};                                  // the page whose form was refused
};

// The words for a status; one without words of its own gets those of 400 or 500. 429 and 503 say when to try again.
Problem make_problem(const catalogue::Locale& words, int status);
// The text, and when to try again.
std::vector<std::string> sentences_of(const Problem& problem, const catalogue::Locale& words);
// Whom to call, and when somebody answers; empty when the brand names no phone.
std::string help_sentence(const catalogue::Brand& brand, const catalogue::Locale& words);

}  // namespace waymark::web
