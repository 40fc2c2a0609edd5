// The test vectors that W3C publishes with the specification (Level 3, section 16).
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "platform/keys.hpp"
#include "platform/webauthn_parts.hpp"

namespace waymark::webauthn {
namespace {

namespace json = boost::json;

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  return bytes;
}

struct Vectors : ::testing::Test {
  Vectors() {
    std::ifstream file(WAYMARK_SOURCE_DIR "/tests/support/webauthn_vectors.json");
    std::stringstream text;
    text << file.rdbuf();
    all = json::parse(text.str());
  }
  json::value all;
  RelyingParty party{.id = "example.org", .origin = "https://example.org"};
};

std::string text_at(const json::value& object, std::string_view name) {
  return std::string(object.at(name).as_string());
}

TEST_F(Vectors, EachKeyIsReadAndEachSignatureHolds) {
  const auto& vectors = all.at("vectors").as_array();
  ASSERT_EQ(vectors.size(), 8U);
  for (const auto& vector : vectors) {
    SCOPED_TRACE(text_at(vector, "section"));
    const auto& registration = vector.at("registration");
    const auto authenticator_data = read_attestation(from_hex(text_at(registration, "attestationObject")));
    ASSERT_TRUE(authenticator_data);
    const auto data = read_authenticator_data(*authenticator_data);
    ASSERT_TRUE(data && data->credential);
    const auto key = read_public_key(data->credential->public_key);
    ASSERT_TRUE(key);

    const auto& authentication = vector.at("authentication");
    const auto client_data = text_at(authentication, "clientDataJSON");
    auto signature = from_hex(text_at(authentication, "signature"));
    const auto asserted = from_hex(text_at(authentication, "authenticatorData"));
    EXPECT_TRUE(is_signed_by(*key, party, asserted, sha256(client_data), signature));
    EXPECT_EQ(claimed_challenge(client_data), from_hex(text_at(authentication, "challenge")));
    signature.back() = static_cast<char>(signature.back() ^ 1);
    EXPECT_FALSE(is_signed_by(*key, party, asserted, sha256(client_data), signature));
  }
}

// We are stricter than the vectors ask: the person must have been verified, and the page must not stand in another's.
TEST_F(Vectors, EachIsTakenOrRefusedForItsOneReason) {
  const std::map<std::string, std::pair<std::string, std::string>> expected{
      {"16.2", {"user_verification", "user_verification"}},
      {"16.3", {"taken", "user_verification"}},
      {"16.4", {"cross_origin", "cross_origin"}},
      {"16.5", {"cross_origin", "cross_origin"}},
      {"16.6", {"user_verification", "taken"}},
      {"16.7", {"taken", "taken"}},
      {"16.10", {"taken", "user_verification"}},
      {"16.11", {"user_verification", "user_verification"}}};
  for (const auto& vector : all.at("vectors").as_array()) {
    SCOPED_TRACE(text_at(vector, "section"));
    const auto& registration = vector.at("registration");
    const auto attestation = from_hex(text_at(registration, "attestationObject"));
    const auto registered =
        check_registration(party, from_hex(text_at(registration, "challenge")),
                           {.client_data = text_at(registration, "clientDataJSON"), .attestation = attestation});
    const auto data = *read_authenticator_data(*read_attestation(attestation));
    const auto& authentication = vector.at("authentication");
    const auto asserted =
        check_assertion(party, from_hex(text_at(authentication, "challenge")),
                        {.public_key = data.credential->public_key, .is_backup_eligible = data.is_backup_eligible},
                        {.client_data = text_at(authentication, "clientDataJSON"),
                         .authenticator_data = from_hex(text_at(authentication, "authenticatorData")),
                         .signature = from_hex(text_at(authentication, "signature"))});
    const auto& [first, second] = expected.at(text_at(vector, "section"));
    EXPECT_EQ(registered ? "taken" : to_text(registered.error()), first);
    EXPECT_EQ(asserted ? "taken" : to_text(asserted.error()), second);
  }
}

}  // namespace
}  // namespace waymark::webauthn
