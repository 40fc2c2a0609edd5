#include "features/cases/representing/represent.hpp"

#include <functional>

#include "catalogue/catalogue.hpp"
#include "features/cases/connecting/access_code.hpp"
#include "features/cases/limits.hpp"
#include "features/cases/noting.hpp"
#include "features/cases/representing/verify.hpp"

namespace waymark::cases {
namespace {

std::unexpected<Failure> missing() { return refuse(FailureKind::not_found, "web.error.not_found"); }
std::unexpected<Failure> not_verified() { return refuse(FailureKind::conflict, "cases.error.not_verified"); }
std::unexpected<Failure> not_good() { return refuse_field("passcode", "cases.error.passcode_not_good"); }

// One line for each account that it touches.
struct LinkNoting : Noting {
  // Of what has begun: the one who did not end it is told.
  void ended(const Representation& one, std::string_view by) const {
    if (one.client) note("case.representation_ended", *one.client, one.on_case, by);
    if (one.representative) note("case.representation_ended", *one.representative, one.on_case, by);
    if (by != "client" && one.client) tell("cases.representative_left", *one.client, one.receipt_number);
    if (by != "representative" && one.representative)
      tell("cases.representation_ended", *one.representative, one.receipt_number);
  }
  void began(const Representation& taken, AccountId client, AccountId representative, std::string_view by) const {
    for (const auto& before : begin_representation(tx, taken, now)) ended(before, "client");
    note("case.representation_began", client, taken.on_case, by);
    note("case.representation_began", representative, taken.on_case, by);
    // The client either way: it is their case that somebody sees from now on.
    tell("cases.representation_began", client, taken.receipt_number);
    if (by == "client") tell("cases.client_accepted", representative, taken.receipt_number);
  }
};

struct TypedPasscode {
  std::string receipt_number, code;
};
Result<TypedPasscode> read_passcode(std::string_view typed_receipt_number, std::string_view typed_passcode) {
  Failure failure{.kind = FailureKind::bad_input, .message = {"web.error.check_answers", {}}};
  const auto receipt_number = catalogue::parse_receipt_number(typed_receipt_number);
  if (!receipt_number) failure.fields.push_back({"receipt_number", {"cases.error.receipt_number", {}}});
  const auto code = parse_access_code(typed_passcode);
  if (!code) failure.fields.push_back({"passcode", {"cases.error.passcode", {}}});
  if (!failure.fields.empty()) return refuse(std::move(failure));
  return TypedPasscode{*receipt_number, *code};
}

Result<accounts::TryPlace> reserve_try(const Cases& cases, AccountId account) {
  return cases.parts().throttle.reserve(kPasscodeTries, fmt::to_string(account.value), "cases.error.too_many_tries");
}

Result<void> count_made(const Cases& cases, AccountId account) {
  return cases.parts().throttle.count(kPasscodesMade, fmt::to_string(account.value), "cases.error.passcodes_made");
}

// The side that types a passcode accepts by it; `take` uses it up, in the unit that begins what it is for.
using TakePasscode = std::function<std::optional<Representation>(db::Transaction&, std::string_view code_hash)>;
Result<void> accept(const Representing& representing, AccountId account, const TypedPasscode& typed,
                    std::string_view by, std::string_view network, const TakePasscode& take) {
  const auto& cases = representing.cases();
  const auto& parts = cases.parts();
  auto place = reserve_try(cases, account);
  if (!place) return std::unexpected(std::move(place).error());
  const auto code_hash = representing.hash_passcode(typed.receipt_number, typed.code);
  const auto now = parts.clock.now();
  bool has_begun = false;
  try {
    has_begun = parts.database.write([&](db::Transaction& tx) {
      const LinkNoting noting{{cases, tx, now, network}};
      const auto taken = take(tx, code_hash);
      if (taken)
        noting.began(*taken, *taken->client, *taken->representative, by);
      else
        noting.note("case.passcode_refused", account, std::nullopt, by);
      return taken.has_value();
    });
  } catch (const db::ConstraintViolation&) {
    // Another one began for the same client at the same moment: that one stands.
  }
  if (!has_begun) {
    place->wrong();
    return not_good();
  }
  place->right();
  return {};
}

}  // namespace

std::string Representing::hash_passcode(std::string_view receipt_number, std::string_view code) const {
  return passcode_hash_.of(std::string(receipt_number) + '\0' + std::string(code));
}

Result<std::string> make_clients_passcode(const Representing& representing, AccountId client,
                                          std::string_view receipt_number, std::string_view network) {
  const auto& cases = representing.cases();
  const auto& parts = cases.parts();
  if (!find_shareable(*parts.database.snapshot(), client, receipt_number)) return missing();
  if (auto counted = count_made(cases, client); !counted) return std::unexpected(std::move(counted).error());
  const auto now = parts.clock.now();
  const auto code = make_access_code(parts.random);
  const auto code_hash = representing.hash_passcode(receipt_number, code);
  const auto id = parts.ids.next<RepresentationId>();
  const bool is_made = parts.database.write([&](db::Transaction& tx) {
    const auto visible = find_shareable(tx, client, receipt_number);
    if (!visible) return false;
    insert_clients_passcode(tx, {.id = id,
                                 .on_case = visible->id,
                                 .party = visible->party,
                                 .client = client,
                                 .receipt_number = receipt_number,
                                 .code_hash = code_hash,
                                 .now = now,
                                 .ends_at = now + kPasscodeLifetime});
    Noting{cases, tx, now, network}.note("case.passcode_made", client, visible->id, "client");
    return true;
  });
  if (!is_made) return missing();
  return format_access_code(code);
}

Result<std::string> make_representatives_passcode(const Representing& representing, AccountId representative,
                                                  std::string_view typed_receipt_number, std::string_view network) {
  const auto& cases = representing.cases();
  const auto& parts = cases.parts();
  if (!is_verified(*parts.database.snapshot(), representative)) return not_verified();
  const auto receipt_number = catalogue::parse_receipt_number(typed_receipt_number);
  if (!receipt_number) return refuse_field("receipt_number", "cases.error.receipt_number");
  if (auto counted = count_made(cases, representative); !counted) return std::unexpected(std::move(counted).error());
  const auto now = parts.clock.now();
  const auto code = make_access_code(parts.random);
  const auto code_hash = representing.hash_passcode(*receipt_number, code);
  const auto id = parts.ids.next<RepresentationId>();
  const bool is_made = parts.database.write([&](db::Transaction& tx) {
    if (!is_verified(tx, representative)) return false;
    insert_representatives_passcode(tx, {.id = id,
                                         .representative = representative,
                                         .receipt_number = *receipt_number,
                                         .code_hash = code_hash,
                                         .now = now,
                                         .ends_at = now + kPasscodeLifetime});
    Noting{cases, tx, now, network}.note("case.passcode_made", representative, std::nullopt, "representative");
    return true;
  });
  if (!is_made) return not_verified();
  return format_access_code(code);
}

Result<std::string> accept_as_representative(const Representing& representing, AccountId representative,
                                             std::string_view typed_receipt_number, std::string_view typed_passcode,
                                             std::string_view network) {
  const auto& parts = representing.cases().parts();
  if (!is_verified(*parts.database.snapshot(), representative)) return not_verified();
  const auto typed = read_passcode(typed_receipt_number, typed_passcode);
  if (!typed) return std::unexpected(typed.error());
  const auto now = parts.clock.now();
  auto accepted = accept(representing, representative, *typed, "representative", network,
                         [&](db::Transaction& tx, std::string_view code_hash) {
                           return take_clients_passcode(tx, typed->receipt_number, code_hash, representative, now);
                         });
  if (!accepted) return std::unexpected(std::move(accepted).error());
  return typed->receipt_number;
}

Result<ShownRepresentative> look_at_passcode(const Representing& representing, AccountId client,
                                             std::string_view receipt_number, std::string_view typed_passcode) {
  const auto& cases = representing.cases();
  const auto& parts = cases.parts();
  if (!find_shareable(*parts.database.snapshot(), client, receipt_number)) return missing();
  const auto typed = read_passcode(receipt_number, typed_passcode);
  if (!typed) return std::unexpected(typed.error());
  auto place = reserve_try(cases, client);
  if (!place) return std::unexpected(std::move(place).error());
  const auto snapshot = parts.database.snapshot();
  const auto found = find_representatives_passcode(*snapshot, typed->receipt_number,
                                                   representing.hash_passcode(typed->receipt_number, typed->code),
                                                   client, parts.clock.now());
  auto who = found ? find_own_representative(cases, *snapshot, *found->representative) : std::nullopt;
  if (!who) {
    place->wrong();
    return not_good();
  }
  place->right();
  return ShownRepresentative{representing.person(*snapshot, who->account).name, std::move(*who)};
}

Result<void> accept_as_client(const Representing& representing, AccountId client, std::string_view receipt_number,
                              std::string_view typed_passcode, std::string_view network) {
  const auto& parts = representing.cases().parts();
  if (!find_shareable(*parts.database.snapshot(), client, receipt_number)) return missing();
  const auto typed = read_passcode(receipt_number, typed_passcode);
  if (!typed) return std::unexpected(typed.error());
  const auto now = parts.clock.now();
  return accept(representing, client, *typed, "client", network,
                [&](db::Transaction& tx, std::string_view code_hash) -> std::optional<Representation> {
                  const auto visible = find_shareable(tx, client, typed->receipt_number);
                  if (!visible) return std::nullopt;
                  return take_representatives_passcode(tx, typed->receipt_number, code_hash,
                                                       {visible->id, visible->party, client}, now);
                });
}

Result<void> end_as_client(const Representing& representing, AccountId client, std::string_view receipt_number,
                           RepresentationId id, std::string_view network) {
  const auto& cases = representing.cases();
  const auto now = cases.parts().clock.now();
  const bool has_ended = cases.parts().database.write([&](db::Transaction& tx) {
    const auto visible = find_shareable(tx, client, receipt_number);
    if (!visible) return false;
    const auto ended = end_by_client(tx, id, visible->id, client, now);
    if (ended && ended->began_at) LinkNoting{{cases, tx, now, network}}.ended(*ended, "client");
    return ended.has_value();
  });
  if (!has_ended) return missing();
  return {};
}

Result<void> end_as_representative(const Representing& representing, AccountId representative, RepresentationId id,
                                   std::string_view network) {
  const auto& cases = representing.cases();
  const auto now = cases.parts().clock.now();
  const bool has_ended = cases.parts().database.write([&](db::Transaction& tx) {
    const auto ended = end_by_representative(tx, id, representative, now);
    if (ended && ended->began_at) LinkNoting{{cases, tx, now, network}}.ended(*ended, "representative");
    return ended.has_value();
  });
  if (!has_ended) return missing();
  return {};
}

void end_with_part(const Cases& cases, db::Transaction& tx, CaseId on_case, AccountId client, Instant now) {
  const LinkNoting noting{{cases, tx, now, {}}};
  for (const auto& one : end_all_of_client(tx, on_case, client, now)) noting.ended(one, "client");
}

void end_with_verification(const Cases& cases, db::Transaction& tx, AccountId representative, Instant now) {
  const LinkNoting noting{{cases, tx, now, {}}};
  for (const auto& one : end_all_of_representative(tx, representative, now)) noting.ended(one, "office");
}

void keep_representative_look(const Cases& cases, const VisibleCase& visible, AccountId by, Instant now) {
  if (visible.representing == 0) return;
  const auto& parts = cases.parts();
  const auto id = parts.ids.next_value();
  const Instant hour = std::chrono::floor<std::chrono::hours>(now);
  parts.database.write([&](db::Transaction& tx) {
    insert_representation_look(tx, id, RepresentationId{visible.representing}, by, hour);
  });
}

}  // namespace waymark::cases
