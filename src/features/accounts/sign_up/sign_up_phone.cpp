#include "base/text.hpp"
#include "features/accounts/factors/codes.hpp"
#include "features/accounts/factors/phone_codes.hpp"
#include "features/accounts/sign_up/sign_up_change.hpp"

namespace waymark::accounts {
namespace {

void put_code(SignUp& sign_up, const PhoneCode& code, bool spoken) {
  sign_up.draft.phone_code_hash = code.hash;
  sign_up.draft.phone_code_expires_at = code.expires_at;
  sign_up.draft.phone_spoken = spoken;
}

}  // namespace

Result<SignUpReply> give_phone(Accounts& accounts, const SignUpAsker& asker, const PhoneAnswer& answer) {
  const auto phone = read_phone(accounts.parts.catalogue, answer);
  if (!phone) return refuse(phone.error());
  const auto found = find_sign_up(accounts, asker);
  if (!found) return SignUpReply{.is_gone = true};
  if (!may_take_step(found, sign_up_step("phone"))) return SignUpReply{};
  if (found->draft.phone == *phone && found->draft.phone_proved_at) return SignUpReply{};
  if (auto counted = accounts.throttle.count(kNewPhones, found->email.canonical); !counted) {
    return refuse(std::move(counted).error());
  }
  if (auto counted = count_text(accounts, *phone); !counted) return refuse(std::move(counted).error());

  const auto now = accounts.parts.clock.now();
  const auto code = make_phone_code(accounts, PhoneCodePurpose::prove_number, found->id.value, *phone, answer.spoken,
                                    asker.language, now);
  auto reply = change_sign_up(accounts, asker, "phone", now, [&](db::Transaction& tx, SignUp& sign_up) {
    sign_up_step("phone").forget(sign_up.draft);
    sign_up.draft.phone_region = answer.region;
    sign_up.draft.phone = *phone;
    put_code(sign_up, code, answer.spoken);
    accounts.parts.outbox.tell(tx, code.telling);
    return std::optional<Failure>{};
  });
  accounts.wake_deliverer();
  return reply;
}

Result<SignUpReply> skip_phone(Accounts& accounts, const SignUpAsker& asker) {
  return change_sign_up(accounts, asker, "phone", accounts.parts.clock.now(), [](db::Transaction&, SignUp& sign_up) {
    sign_up_step("phone").forget(sign_up.draft);
    sign_up.draft.phone_skipped = true;
    return std::optional<Failure>{};
  });
}

Result<SignUpReply> send_phone_code_again(Accounts& accounts, const SignUpAsker& asker, bool spoken) {
  const auto found = find_sign_up(accounts, asker);
  if (!found) return SignUpReply{.is_gone = true};
  if (&present_step(found) != &sign_up_step("phone_code")) return SignUpReply{};
  if (auto counted = count_text(accounts, found->draft.phone); !counted) return refuse(std::move(counted).error());
  const auto now = accounts.parts.clock.now();
  const auto code = make_phone_code(accounts, PhoneCodePurpose::prove_number, found->id.value, found->draft.phone,
                                    spoken, asker.language, now);
  auto reply = change_sign_up(accounts, asker, "phone_code", now, [&](db::Transaction& tx, SignUp& sign_up) {
    if (sign_up.draft.phone != found->draft.phone) return std::optional<Failure>{};
    put_code(sign_up, code, spoken);
    accounts.parts.outbox.tell(tx, code.telling);
    return std::optional<Failure>{};
  });
  accounts.wake_deliverer();
  return reply;
}

Result<SignUpReply> prove_phone(Accounts& accounts, const SignUpAsker& asker, std::string_view typed_code) {
  const auto code = parse_code(typed_code);
  if (!code) return refuse_field("code", "accounts.error.code_form");
  const auto found = find_sign_up(accounts, asker);
  if (!found) return SignUpReply{.is_gone = true};
  if (&present_step(found) != &sign_up_step("phone_code")) return SignUpReply{};
  const auto now = accounts.parts.clock.now();
  const auto& draft = found->draft;
  if (!draft.phone_code_expires_at || now >= *draft.phone_code_expires_at) {
    return refuse_field("code", "accounts.error.code_expired");
  }
  auto place = accounts.throttle.reserve(kPhoneCodeTries, draft.phone, "accounts.error.too_many_code_tries");
  if (!place) return refuse(std::move(place).error());
  const auto typed_hash =
      phone_code_hash(accounts, PhoneCodePurpose::prove_number, found->id.value, draft.phone, *code);
  bool was_compared = false;
  auto reply = change_sign_up(accounts, asker, "phone_code", now,
                              [&](db::Transaction&, SignUp& sign_up) -> std::optional<Failure> {
                                was_compared = true;
                                if (!equals_in_constant_time(sign_up.draft.phone_code_hash, typed_hash)) {
                                  return refuse_field("code", "accounts.error.code_wrong").error();
                                }
                                sign_up.draft.phone_code_hash.clear();
                                sign_up.draft.phone_code_expires_at.reset();
                                sign_up.draft.phone_proved_at = now;
                                return std::nullopt;
                              });
  if (!was_compared) {
    place->give_back();
  } else if (reply) {
    place->right();
  } else {
    place->wrong();
  }
  return reply;
}

}  // namespace waymark::accounts
