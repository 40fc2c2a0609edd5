#include "platform/webauthn.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "platform/webauthn_parts.hpp"
#include "support/scripted_passkey.hpp"

namespace waymark::webauthn {
namespace {

using testing::PasskeyAnswerForm;
using testing::ScriptedPasskey;

constexpr std::string_view kChallenge = "thirty-two bytes of a challenge.";
const RelyingParty kParty{.id = "example.org", .origin = "https://example.org"};

std::string outcome(const RegistrationAnswer& answer, std::string_view challenge) {
  const auto checked = check_registration(kParty, challenge, answer);
  return checked ? "taken" : std::string(to_text(checked.error()));
}

std::string outcome(const ScriptedPasskey& passkey, const PasskeyAnswerForm& form) {
  const auto checked = check_registration(kParty, kChallenge, passkey.registration(kChallenge, form));
  return checked ? "taken" : std::string(to_text(checked.error()));
}

std::string outcome(const AssertionAnswer& answer, const KnownCredential& known,
                    std::string_view challenge = kChallenge) {
  const auto checked = check_assertion(kParty, challenge, known, answer);
  return checked ? "taken" : std::string(to_text(checked.error()));
}

struct WebAuthn : ::testing::Test {
  ScriptedPasskey passkey;
  KnownCredential known{.public_key = passkey.cose_key(), .is_backup_eligible = false};
  std::string sign_in(const PasskeyAnswerForm& form) { return outcome(passkey.assertion(kChallenge, form), known); }
};

TEST_F(WebAuthn, TakesARightRegistrationAndAnswersItsFacts) {
  const auto taken =
      check_registration(kParty, kChallenge, passkey.registration(kChallenge, {.flags = 0x1d, .count = 7}));
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->id, passkey.credential_id());
  EXPECT_EQ(taken->public_key, passkey.cose_key());
  EXPECT_EQ(taken->algorithm, kEs256);
  EXPECT_EQ(taken->sign_count, 7U);
  EXPECT_TRUE(taken->is_backup_eligible);
  EXPECT_TRUE(taken->is_backed_up);
}

TEST_F(WebAuthn, TakesARightAssertion) {
  const auto taken = check_assertion(kParty, kChallenge, known, passkey.assertion(kChallenge, {.count = 0xfffffffe}));
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->sign_count, 0xfffffffeU);
  EXPECT_FALSE(taken->is_backed_up);
}

// webauthn-ruby #350: whatever is not exactly right is refused, for its own reason.
TEST_F(WebAuthn, Incident_I73_RefusesEachWrongRegistration) {
  EXPECT_EQ(outcome(passkey, {}), "taken");
  EXPECT_EQ(outcome(passkey, {.type = "webauthn.get"}), "type");
  EXPECT_EQ(outcome(passkey, {.origin = "https://example.com"}), "origin");
  EXPECT_EQ(outcome(passkey, {.origin = "http://example.org"}), "origin");
  EXPECT_EQ(outcome(passkey, {.origin = "https://example.org:444"}), "origin");
  EXPECT_EQ(outcome(passkey, {.origin = "https://example.org/"}), "origin");
  EXPECT_EQ(outcome(passkey, {.origin = "https://example.org.evil.net"}), "origin");
  EXPECT_EQ(outcome(passkey, {.relying_party = "www.example.org"}), "relying_party");
  EXPECT_EQ(outcome(passkey, {.more_client_data = R"(,"topOrigin":"https://example.org")"}), "cross_origin");
  EXPECT_EQ(outcome(passkey, {.more_client_data = R"(,"crossOrigin":true)"}), "cross_origin");
  EXPECT_EQ(outcome(passkey, {.more_client_data = R"(,"crossOrigin":"false")"}), "client_data");
  EXPECT_EQ(outcome(passkey, {.flags = 0x04}), "user_presence");
  EXPECT_EQ(outcome(passkey, {.flags = 0x01}), "user_verification");
  EXPECT_EQ(outcome(passkey, {.flags = 0x15}), "backup_state");
  EXPECT_EQ(outcome(passkey, {.after_data = "\xa0"}), "authenticator_data");
  EXPECT_EQ(outcome(passkey.registration(kChallenge), "another challenge, also thirty-two"), "challenge");
  EXPECT_EQ(outcome(passkey.registration(""), ""), "challenge");
}

TEST_F(WebAuthn, Incident_I73_RefusesEachWrongAssertion) {
  EXPECT_EQ(sign_in({}), "taken");
  EXPECT_EQ(sign_in({.type = "webauthn.create"}), "type");
  EXPECT_EQ(sign_in({.type = "payment.get"}), "type");
  EXPECT_EQ(sign_in({.origin = "https://example.com"}), "origin");
  EXPECT_EQ(sign_in({.relying_party = "example.com"}), "relying_party");
  EXPECT_EQ(sign_in({.more_client_data = R"(,"crossOrigin":true)"}), "cross_origin");
  EXPECT_EQ(sign_in({.more_client_data = R"(,"topOrigin":null)"}), "cross_origin");
  EXPECT_EQ(sign_in({.flags = 0x04}), "user_presence");
  EXPECT_EQ(sign_in({.flags = 0x01}), "user_verification");
  EXPECT_EQ(sign_in({.flags = 0x15}), "backup_state");  // backed up, and not to be backed up
  EXPECT_EQ(sign_in({.flags = 0x0d}), "backup_state");  // was not to be backed up when it was registered
  EXPECT_EQ(sign_in({.after_data = "x"}), "authenticator_data");
  EXPECT_EQ(sign_in({.flags = 0x85}), "authenticator_data");  // extensions said, none there
  EXPECT_EQ(sign_in({.flags = 0x45}), "authenticator_data");  // a credential said, none there
  EXPECT_EQ(outcome(passkey.assertion("another challenge"), known), "challenge");
  EXPECT_EQ(outcome(passkey.assertion(""), known, ""), "challenge");
}

TEST_F(WebAuthn, PassesOverExtensionsThatNobodyAskedFor) {
  const std::string extensions = std::string("\xa1", 1) + testing::cbor_text("credProtect") + "\x02";
  EXPECT_EQ(outcome(passkey, {.flags = 0x85, .after_data = extensions}), "taken");
  EXPECT_EQ(sign_in({.flags = 0x85, .after_data = extensions}), "taken");
  EXPECT_EQ(sign_in({.flags = 0x85, .after_data = extensions + "x"}), "authenticator_data");
  EXPECT_EQ(sign_in({.flags = 0x85, .after_data = testing::cbor_text("credProtect")}), "authenticator_data");
}

TEST_F(WebAuthn, RefusesAChangedMessageAndAnotherKeysSignature) {
  auto changed = passkey.assertion(kChallenge);
  changed.authenticator_data.back() = 9;
  EXPECT_EQ(outcome(changed, known), "signature");
  changed = passkey.assertion(kChallenge);
  changed.client_data.insert(changed.client_data.size() - 1, " ");
  EXPECT_EQ(outcome(changed, known), "signature");
  const ScriptedPasskey other;
  EXPECT_EQ(outcome(other.assertion(kChallenge), known), "signature");
}

// CVE-2022-21449, and what Wycheproof tries on ECDSA: each is no signature at all.
TEST_F(WebAuthn, Incident_I74_RefusesDegenerateSignatures) {
  const auto right = passkey.assertion(kChallenge);
  const auto with = [&](std::string signature) {
    auto answer = right;
    answer.signature = std::move(signature);
    return outcome(answer, known);
  };
  EXPECT_EQ(with(right.signature), "taken");
  const auto pair = [](std::string r, std::string s) {
    const auto integer = [](std::string number) {
      return std::string("\x02", 1) + static_cast<char>(number.size()) + number;
    };
    const auto both = integer(std::move(r)) + integer(std::move(s));
    return std::string("\x30", 1) + static_cast<char>(both.size()) + both;
  };
  const std::string zero("\0", 1), one("\1", 1), minus_one("\xff", 1);
  std::string order;  // of P-256, with the zero that keeps it positive
  for (const int byte :
       {0x00, 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51})
    order.push_back(static_cast<char>(byte));
  std::string field = order;  // n + 1 and the like
  field.back() = 0x52;
  for (const auto& r : {zero, one, minus_one, order, field}) {
    for (const auto& s : {zero, one, minus_one, order, field}) EXPECT_EQ(with(pair(r, s)), "signature");
  }
  EXPECT_EQ(with(""), "signature");
  EXPECT_EQ(with(std::string(64, '\0')), "signature");
  EXPECT_EQ(with(std::string("\x30\x00", 2)), "signature");
  EXPECT_EQ(with(right.signature + '\0'), "signature");
  EXPECT_EQ(with(right.signature.substr(0, right.signature.size() - 1)), "signature");
  EXPECT_EQ(with(std::string(kSignatureBytesMax + 1, '0')), "signature");
  std::string in_long_form = right.signature;  // BER, not DER: the length in two bytes
  in_long_form.insert(1, "\x81");
  EXPECT_EQ(with(in_long_form), "signature");
}

TEST_F(WebAuthn, RefusesWhatIsCutAnywhere) {
  const auto registration = passkey.registration(kChallenge);
  for (std::size_t size = 0; size < registration.attestation.size(); ++size) {
    const auto checked =
        check_registration(kParty, kChallenge, {registration.client_data, registration.attestation.substr(0, size)});
    ASSERT_FALSE(checked) << size;
  }
  for (std::size_t size = 0; size < registration.client_data.size(); ++size) {
    ASSERT_FALSE(
        check_registration(kParty, kChallenge, {registration.client_data.substr(0, size), registration.attestation}))
        << size;
  }
  const auto right = passkey.assertion(kChallenge);
  for (std::size_t size = 0; size < right.authenticator_data.size(); ++size) {
    auto cut = right;
    cut.authenticator_data.resize(size);
    EXPECT_EQ(outcome(cut, known), "authenticator_data");
  }
}

TEST_F(WebAuthn, RefusesWhatIsTooLong) {
  EXPECT_EQ(sign_in({.more_client_data = fmt::format(R"(,"more":"{}")", std::string(kClientDataBytesMax, 'x'))}),
            "client_data");
  EXPECT_EQ(
      sign_in({.flags = 0x85, .after_data = std::string("\xa1\x60", 2) + testing::cbor_bytes(std::string(9000, 'x'))}),
      "authenticator_data");
  EXPECT_EQ(outcome(ScriptedPasskey(kParty.origin, std::string(kCredentialIdBytesMax, 'i')), {}), "taken");
  EXPECT_EQ(outcome(ScriptedPasskey(kParty.origin, std::string(kCredentialIdBytesMax + 1, 'i')), {}), "credential_id");
  EXPECT_EQ(outcome(ScriptedPasskey(kParty.origin, ""), {}), "credential_id");
  auto registration = passkey.registration(kChallenge);
  registration.attestation.append(kAttestationBytesMax, 'x');
  EXPECT_EQ(outcome(registration, kChallenge), "attestation");
}

TEST_F(WebAuthn, RefusesClientDataThatIsNoBrowsersJson) {
  const auto answer = passkey.registration(kChallenge);
  const auto with = [&](std::string client_data) {
    const auto checked = check_registration(kParty, kChallenge, {std::move(client_data), answer.attestation});
    return checked ? "taken" : std::string(to_text(checked.error()));
  };
  for (const std::string wrong : {"", "null", "[]", "{}", R"({"type":1,"challenge":"AA","origin":"x"})",
                                  R"({"type":"webauthn.create","origin":"x"})",
                                  R"({"type":"webauthn.create","challenge":"A A","origin":"https://example.org"})"})
    EXPECT_EQ(with(wrong), "client_data") << wrong;
  EXPECT_EQ(with(answer.client_data + " x"), "client_data");
  EXPECT_EQ(with("\xef\xbb\xbf" + answer.client_data), "client_data");
  EXPECT_EQ(with(answer.client_data.substr(0, answer.client_data.size() - 1) + ",\"x\":\"\xff\"}"), "client_data");
  EXPECT_EQ(with(std::string(4000, '[')), "client_data");
}

TEST_F(WebAuthn, RefusesKeysOfOtherAlgorithmsAndDegenerateOnes) {
  const auto with = [&](const std::string& cose) {
    const auto checked = check_registration(kParty, kChallenge, passkey.registration_of_key(kChallenge, cose));
    return checked ? "taken" : std::string(to_text(checked.error()));
  };
  const auto right = passkey.cose_key();
  EXPECT_EQ(with(right), "taken");
  auto es384 = right;
  es384.replace(4, 1, std::string("\x38\x22", 2));  // alg -35
  EXPECT_EQ(with(es384), "algorithm");
  auto es256k = right;
  es256k.replace(4, 1, std::string("\x38\x2e", 2));  // alg -47
  EXPECT_EQ(with(es256k), "algorithm");
  auto other_curve = right;
  other_curve[6] = 2;
  EXPECT_EQ(with(other_curve), "public_key");
  auto other_kind = right;
  other_kind[2] = 1;
  EXPECT_EQ(with(other_kind), "public_key");
  auto off_curve = right;
  off_curve.back() = static_cast<char>(off_curve.back() ^ 1);
  EXPECT_EQ(with(off_curve), "public_key");
  const std::string zeros(32, '\0');
  EXPECT_EQ(with(right.substr(0, 8) + testing::cbor_bytes(zeros) + "\x22" + testing::cbor_bytes(zeros)), "public_key");
  auto one_more = right + std::string("\x04\x01", 2);
  one_more[0] = '\xa6';
  EXPECT_EQ(with(one_more), "public_key");
  auto twice = right + std::string("\x03\x26", 2);  // alg a second time
  twice[0] = '\xa6';
  EXPECT_EQ(with(twice), "public_key");
  // Ed25519: the neutral element and a point of order 8 would "sign" every message.
  const std::string okp("\xa4\x01\x01\x03\x27\x20\x06\x21", 8);
  std::string neutral = zeros;
  neutral[0] = 1;
  EXPECT_EQ(with(okp + testing::cbor_bytes(neutral)), "public_key");
  EXPECT_EQ(with(okp + testing::cbor_bytes(zeros)), "public_key");
  EXPECT_EQ(with(okp + testing::cbor_bytes(zeros.substr(1))), "public_key");
  // RSA: too short, even, or with another exponent.
  const auto rsa = [](std::string modulus, std::string exponent) {
    return std::string("\xa4\x01\x03\x03\x39\x01\x00\x20", 8) + testing::cbor_bytes(modulus) + "\x21" +
           testing::cbor_bytes(exponent);
  };
  const std::string f4("\x01\x00\x01", 3);
  EXPECT_EQ(with(rsa(std::string(256, '\xff'), f4)), "taken");
  EXPECT_EQ(with(rsa(std::string(128, '\xff'), f4)), "public_key");
  EXPECT_EQ(with(rsa(std::string(513, '\xff'), f4)), "public_key");
  EXPECT_EQ(with(rsa(std::string(256, '\xfe'), f4)), "public_key");
  EXPECT_EQ(with(rsa(std::string(256, '\xff'), "\x01")), "public_key");
}

TEST_F(WebAuthn, RefusesOddCbor) {
  const auto right = passkey.registration(kChallenge);
  const auto data = *read_attestation(right.attestation);
  EXPECT_TRUE(read_attestation(testing::attestation_object(data, "packed", std::string("\xa1\x60\x01", 3))));
  EXPECT_FALSE(read_attestation(testing::attestation_object(data, "none", std::string("\xa1\x60\x01", 3))));
  EXPECT_FALSE(read_attestation(testing::attestation_object(data, "none", std::string("\x80", 1))));
  EXPECT_FALSE(read_attestation(right.attestation + '\0'));
  const auto text = [](std::string_view word) { return testing::cbor_text(word); };
  const std::string none = text("fmt") + text("none") + text("attStmt") + "\xa0";
  EXPECT_FALSE(read_attestation("\xa3" + none + text("authData") + text("not bytes")));
  EXPECT_FALSE(
      read_attestation("\xa4" + none + text("authData") + testing::cbor_bytes(data) + text("fmt") + text("x")));
  EXPECT_FALSE(read_attestation("\xbf" + none + text("authData") + testing::cbor_bytes(data) + "\xff"));  // indefinite
  EXPECT_EQ(cbor_item_size(std::string("\x9b\xff\xff\xff\xff\xff\xff\xff\xff", 9)), std::nullopt);
  EXPECT_EQ(cbor_item_size(std::string("\x5b\x7f\xff\xff\xff\xff\xff\xff\xff", 9)), std::nullopt);
  EXPECT_EQ(cbor_item_size(std::string(100, '\x81')), std::nullopt);                // nested too deep
  EXPECT_EQ(cbor_item_size(std::string("\xc0\x00", 2)), std::nullopt);              // a tag
  EXPECT_EQ(cbor_item_size(std::string("\xfb\0\0\0\0\0\0\0\0", 9)), std::nullopt);  // a float
  EXPECT_EQ(cbor_item_size(std::string("\xf5zzz")), 1U);
}

TEST(WebAuthnCounter, MovesOnOrStaysAtZero) {
  EXPECT_TRUE(counts_on(0, 0));
  EXPECT_TRUE(counts_on(0, 1));
  EXPECT_TRUE(counts_on(7, 8));
  EXPECT_FALSE(counts_on(7, 7));
  EXPECT_FALSE(counts_on(7, 6));
  EXPECT_FALSE(counts_on(7, 0));
}

TEST(WebAuthnRelyingParty, IsTheHostOfTheOrigin) {
  EXPECT_EQ(relying_party_of("https://cases.example.org").id, "cases.example.org");
  EXPECT_EQ(relying_party_of("http://localhost:8080").id, "localhost");
  EXPECT_EQ(relying_party_of("http://localhost:8080").origin, "http://localhost:8080");
}

}  // namespace
}  // namespace waymark::webauthn
