// The common access problems, step by step: a question a page, each answer a link to the next, until a page says what
// to do. The same for everybody: nothing is asked that only an account could know.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace waymark::help {

// In the order of the help centre. Stand in the address; locale keys "help.fix.PROBLEM.…", with "_" for "-".
inline constexpr std::string_view kProblems[] = {"forgotten-password", "locked-account",   "lost-phone", "no-code",
                                                 "changed-email",      "case-wont-connect"};

struct GuideAnswer {
  std::string_view name;  // locale key "help.fix.PROBLEM.STEP.NAME"
  std::string_view to;    // another step of the problem, or a page ("/recover/password")
};
struct GuideStep {
  std::string_view problem;
  std::string_view
      name;  // "start" is the first; locale keys "….STEP.title" and, where it says what to do, "….STEP.text"
  bool is_question = false;
  std::span<const GuideAnswer> answers;  // what can be answered; or where to go on, the main one first
};

std::span<const GuideStep> guide_steps();
// Null: there is no such step.
const GuideStep* find_guide_step(std::string_view problem, std::string_view name);
// "/help/fix/lost-phone", "/help/fix/lost-phone/backup"
std::string guide_path(std::string_view problem, std::string_view step);
std::string guide_key(const GuideStep& step, std::string_view name);

}  // namespace waymark::help
