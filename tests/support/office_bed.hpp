// The office on a test's database, and officers with passkeys in software.
#pragma once

#include <stdexcept>

#include "features/office/invite_officer.hpp"
#include "features/office/office.hpp"
#include "features/office/officer_passkeys.hpp"
#include "support/accounts_bed.hpp"
#include "support/scripted_passkey.hpp"
#include "web/cookies.hpp"

namespace waymark::testing {

inline constexpr std::string_view kOfficeOrigin = "https://account.northport.example";

struct OfficeBed : AccountsBed {
  explicit OfficeBed(db::Database& database)
      : AccountsBed(database),
        cases({.database = database,
               .clock = clock,
               .random = random,
               .ids = ids,
               .sealer = sealer,
               .keys = keys,
               .catalogue = catalogue,
               .outbox = outbox,
               .throttle = accounts.throttle}),
        office({.accounts = accounts, .cases = cases, .origin = std::string(kOfficeOrigin)}) {}

  cases::Cases cases;
  office::Office office;

  static accounts::PasskeyAsker asker(std::string holder = "visit one") {
    return {.party = webauthn::relying_party_of(kOfficeOrigin),
            .holder = std::move(holder),
            .client = {.peer = "203.0.113.9"}};
  }
  static std::string token_of(const std::string& link) { return link.substr(link.rfind('/') + 1); }
  static accounts::NewPasskeyAnswer new_answer(const ScriptedPasskey& key, std::string_view challenge) {
    const auto made = key.registration(challenge);
    return {.credential_id = key.credential_id(),
            .client_data = made.client_data,
            .attestation = made.attestation,
            .transports = "internal",
            .name = "My key"};
  }
  accounts::PasskeyAnswer answer(const ScriptedPasskey& key, std::string_view challenge, OfficerId officer,
                                 const PasskeyAnswerForm& form = {}) {
    const auto made = key.assertion(challenge, form);
    return {.credential_id = key.credential_id(),
            .client_data = made.client_data,
            .authenticator_data = made.authenticator_data,
            .signature = made.signature,
            .user_handle = office.officers.find(*accounts.parts.database.snapshot(), officer)->handle};
  }
  // The one-time link, as it was mailed.
  std::string invite(web::OfficeRole role, const std::string& email) {
    take_told();
    const auto invited = office::invite_officer(
        office, OfficerId{1},
        {.email = email, .name = "Maya Lindqvist", .unit = "Northport field office", .role = role, .language = "en"});
    if (!invited) throw std::runtime_error(invited.error().message.key);
    return argument_of(take_told().at(0), "link");
  }
  Result<office::OfficeSessionKey> accept(const std::string& link, const ScriptedPasskey& key) {
    const auto token = token_of(link);
    const auto officer = office::find_invited(office, *accounts.parts.database.snapshot(), token);
    if (!officer) return refuse(FailureKind::not_found, "gone");
    const auto options = office::offer_key(office, *officer, accounts::CeremonyPurpose::office_welcome, asker());
    return office::accept_invitation(office, token, asker(), new_answer(key, options.challenge));
  }
  // Without a key: for what only needs somebody who acts.
  void add_officer(const web::OfficeSeat& seat) {
    const auto email = parse_email(fmt::format("officer{}@northport.example", seat.officer.value));
    const auto handle = random.bytes(64);
    accounts.parts.database.write([&](db::Transaction& tx) {
      office.officers.add(tx, {.id = seat.officer,
                               .email = *email,
                               .name = seat.name,
                               .handle = handle,
                               .role = seat.role,
                               .unit = seat.unit,
                               .language = "en",
                               .state = office::OfficerState::active,
                               .created_at = clock.now()});
    });
  }
  struct Enrolled {
    OfficerId officer{};
    office::OfficeSessionKey session{};
  };
  Enrolled enrol(web::OfficeRole role, const ScriptedPasskey& key, const std::string& email) {
    const auto session = accept(invite(role, email), key);
    if (!session) throw std::runtime_error(session.error().message.key);
    const auto officer =
        office.officers.find_by_email(*accounts.parts.database.snapshot(), parse_email(email)->canonical);
    return {officer->id, *session};
  }
  Result<office::OfficeSessionKey> sign_in(const ScriptedPasskey& key, OfficerId officer,
                                           const PasskeyAnswerForm& form = {}) {
    const auto options = office::ask_for_key(office, accounts::CeremonyPurpose::office_sign_in, asker(), std::nullopt);
    return office::sign_in(office, asker(), answer(key, options.challenge, officer, form));
  }
  web::Visitor visitor(const std::string& token, std::string_view cookie = web::kOfficeCookie) {
    web::Request request;
    request.path = "/office";
    request.headers = {{"cookie", fmt::format("{}={}", cookie, token)}};
    return office.sessions.find_visitor(request, *accounts.parts.database.snapshot());
  }
};

}  // namespace waymark::testing
