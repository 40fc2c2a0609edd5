// The steps of opening an account, in order: what each needs, and what going back to it forgets.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "features/accounts/sign_up/sign_up_store.hpp"
#include "web/html.hpp"

namespace waymark::accounts {

struct SignUpStep {
  std::string_view name;  // locale keys: accounts.sign_up.NAME.…
  web::Url path;
  int place;  // its mark on the path that the pages show; steps that are one to the person share one
  bool (*is_done)(const SignUp& sign_up);
  bool may_be_visited_again;
  // What answering the step anew takes back.
  void (*forget)(Draft& draft);
};

inline constexpr int kSignUpPlaces = 8;

std::span<const SignUpStep> sign_up_steps();
const SignUpStep& sign_up_step(std::string_view name);  // asserts that there is one
// Where the flow stands: the first step that is not done. Without a flow, the first of all.
const SignUpStep& present_step(const std::optional<SignUp>& sign_up);
// True when everything before the step is done, and the step is the present one or may be visited again.
bool may_take_step(const std::optional<SignUp>& sign_up, const SignUpStep& step);

}  // namespace waymark::accounts
