#include "features/help/guides.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace waymark::help {
namespace {

constexpr std::string_view kForgotten = "forgotten-password";
constexpr GuideAnswer kForgottenStart[] = {{"yes", "reset"}, {"no", "/help/fix/changed-email"}, {"passkey", "passkey"}};
constexpr GuideAnswer kForgottenReset[] = {{"go", "/recover/password"}, {"no_phone", "/help/fix/lost-phone"}};
constexpr GuideAnswer kForgottenPasskey[] = {{"go", "/sign-in"}, {"password", "/recover/password"}};

constexpr std::string_view kLocked = "locked-account";
constexpr GuideAnswer kLockedStart[] = {{"wait", "wait"}, {"mine", "mine"}, {"off", "off"}, {"other", "other"}};
constexpr GuideAnswer kLockedWait[] = {{"go", "/sign-in"}, {"password", "/recover/password"}};
constexpr GuideAnswer kLockedMine[] = {{"go", "/recover/password"}, {"no_phone", "/help/fix/lost-phone"}};
constexpr GuideAnswer kLockedOff[] = {{"go", "/recover/password"}, {"no_phone", "/help/fix/lost-phone"}};
constexpr GuideAnswer kLockedOther[] = {{"go", "/help/ask"}, {"call", "/contact"}};

constexpr std::string_view kPhone = "lost-phone";
constexpr GuideAnswer kPhoneStart[] = {
    {"codes", "codes"}, {"passkey", "passkey"}, {"number", "number"}, {"nothing", "nothing"}};
constexpr GuideAnswer kPhoneSignIn[] = {{"go", "/sign-in"}};
constexpr GuideAnswer kPhoneNothing[] = {{"go", "/recover/second-factor"}, {"call", "/contact"}};

constexpr std::string_view kCode = "no-code";
constexpr GuideAnswer kCodeStart[] = {{"email", "email"}, {"text", "text"}, {"app", "app"}, {"letter", "letter"}};
constexpr GuideAnswer kCodeEmail[] = {{"yes", "mailbox"}, {"no", "/help/fix/changed-email"}};
constexpr GuideAnswer kCodeMailbox[] = {{"go", "/recover"}, {"ask", "/contact"}};
constexpr GuideAnswer kCodeText[] = {{"yes", "signal"}, {"no", "/help/fix/lost-phone"}};
constexpr GuideAnswer kCodeSignal[] = {{"go", "/sign-in"}, {"no_phone", "/help/fix/lost-phone"}};
constexpr GuideAnswer kCodeApp[] = {{"go", "/sign-in"}, {"no_phone", "/help/fix/lost-phone"}};
constexpr GuideAnswer kCodeLetter[] = {{"go", "/help/fix/case-wont-connect/letter"}};

constexpr std::string_view kEmail = "changed-email";
constexpr GuideAnswer kEmailStart[] = {{"yes", "change"}, {"no", "old"}};
constexpr GuideAnswer kEmailChange[] = {{"go", "/account/email"}};
constexpr GuideAnswer kEmailOld[] = {{"yes", "read"}, {"no", "keys"}};
constexpr GuideAnswer kEmailRead[] = {{"go", "/recover"}};
constexpr GuideAnswer kEmailKeys[] = {{"yes", "enter"}, {"no", "office"}};
constexpr GuideAnswer kEmailEnter[] = {{"go", "/sign-in"}};
constexpr GuideAnswer kEmailOffice[] = {{"go", "/help/ask"}, {"call", "/contact"}};

constexpr std::string_view kCase = "case-wont-connect";
constexpr GuideAnswer kCaseStart[] = {
    {"refused", "refused"}, {"letter", "letter"}, {"many", "many"}, {"organisation", "organisation"}};
constexpr GuideAnswer kCaseRefused[] = {{"go", "/cases/connect"}, {"new_code", "/help/fix/case-wont-connect/letter"}};
constexpr GuideAnswer kCaseLetter[] = {{"yes", "post"}, {"no", "moved"}};
constexpr GuideAnswer kCasePost[] = {{"go", "/cases/connect/new-code"}};
constexpr GuideAnswer kCaseMoved[] = {{"go", "/contact"}};
constexpr GuideAnswer kCaseMany[] = {{"go", "/cases/connect"}, {"ask", "/contact"}};
constexpr GuideAnswer kCaseOrganisation[] = {{"go", "/cases/connect"}};

constexpr bool kQuestion = true, kAdvice = false;
constexpr GuideStep kSteps[] = {
    {kForgotten, "start", kQuestion, kForgottenStart},
    {kForgotten, "reset", kAdvice, kForgottenReset},
    {kForgotten, "passkey", kAdvice, kForgottenPasskey},
    {kLocked, "start", kQuestion, kLockedStart},
    {kLocked, "wait", kAdvice, kLockedWait},
    {kLocked, "mine", kAdvice, kLockedMine},
    {kLocked, "off", kAdvice, kLockedOff},
    {kLocked, "other", kAdvice, kLockedOther},
    {kPhone, "start", kQuestion, kPhoneStart},
    {kPhone, "codes", kAdvice, kPhoneSignIn},
    {kPhone, "passkey", kAdvice, kPhoneSignIn},
    {kPhone, "number", kAdvice, kPhoneSignIn},
    {kPhone, "nothing", kAdvice, kPhoneNothing},
    {kCode, "start", kQuestion, kCodeStart},
    {kCode, "email", kQuestion, kCodeEmail},
    {kCode, "mailbox", kAdvice, kCodeMailbox},
    {kCode, "text", kQuestion, kCodeText},
    {kCode, "signal", kAdvice, kCodeSignal},
    {kCode, "app", kAdvice, kCodeApp},
    {kCode, "letter", kAdvice, kCodeLetter},
    {kEmail, "start", kQuestion, kEmailStart},
    {kEmail, "change", kAdvice, kEmailChange},
    {kEmail, "old", kQuestion, kEmailOld},
    {kEmail, "read", kAdvice, kEmailRead},
    {kEmail, "keys", kQuestion, kEmailKeys},
    {kEmail, "enter", kAdvice, kEmailEnter},
    {kEmail, "office", kAdvice, kEmailOffice},
    {kCase, "start", kQuestion, kCaseStart},
    {kCase, "refused", kAdvice, kCaseRefused},
    {kCase, "letter", kQuestion, kCaseLetter},
    {kCase, "post", kAdvice, kCasePost},
    {kCase, "moved", kAdvice, kCaseMoved},
    {kCase, "many", kAdvice, kCaseMany},
    {kCase, "organisation", kAdvice, kCaseOrganisation},
};

}  // namespace

std::span<const GuideStep> guide_steps() { return kSteps; }

const GuideStep* find_guide_step(std::string_view problem, std::string_view name) {
  const auto* found =
      std::ranges::find_if(kSteps, [&](const GuideStep& step) { return step.problem == problem && step.name == name; });
  return found == std::end(kSteps) ? nullptr : found;
}

std::string guide_path(std::string_view problem, std::string_view step) {
  if (step.starts_with('/')) return std::string(step);
  return step == "start" ? fmt::format("/help/fix/{}", problem) : fmt::format("/help/fix/{}/{}", problem, step);
}

std::string guide_key(const GuideStep& step, std::string_view name) {
  std::string problem(step.problem);
  std::ranges::replace(problem, '-', '_');
  return fmt::format("help.fix.{}.{}.{}", problem, step.name, name);
}

}  // namespace waymark::help
