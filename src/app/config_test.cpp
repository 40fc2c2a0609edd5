#include "app/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace waymark::app {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

const std::map<std::string, std::string> kDemo{{"WAYMARK_DEMO_ENABLED", "true"}};

std::string all_of(const ReadConfig& read) {
  std::string text;
  for (const auto& problem : read.problems) text += problem + "\n";
  return text;
}

TEST(Config, TakesTheDefaultsForTheDemo) {
  const auto read = read_config("", std::nullopt, kDemo);
  EXPECT_THAT(read.problems, IsEmpty());
  EXPECT_EQ(read.config.listen_port, 8080);
  EXPECT_EQ(read.config.password_memory_kib, 19 * 1024);
}

TEST(Config, ReadsAFileAndLetsVariablesWin) {
  const auto read = read_config(
      "w.toml", "[demo]\nenabled = true\n[server]\nport = 9000\nthreads = 3\ntrusted_proxies = [\"10.0.0.1\"]\n",
      {{"WAYMARK_SERVER_PORT", "9001"}});
  EXPECT_THAT(read.problems, IsEmpty()) << all_of(read);
  EXPECT_EQ(read.config.listen_port, 9001);
  EXPECT_EQ(read.config.server_threads, 3);
  EXPECT_THAT(read.config.trusted_proxies, Contains("10.0.0.1"));
}

TEST(Config, TellsEveryProblemAtOnceWithItsLine) {
  const auto read = read_config(
      "w.toml", "[demo]\nenabled = true\n[server]\nprot = 1\nport = \"x\"\nthreads = 0\n[sever]\nport = 1\n",
      {{"WAYMARK_SERVER_PROT", "1"}, {"WAYMARK_SERVER_IDLE_SECONDS_MAX", "soon"}});
  const std::string all = all_of(read);
  EXPECT_THAT(all, HasSubstr("w.toml:4: server.prot: no such setting; did you mean server.port?"));
  EXPECT_THAT(all, HasSubstr("w.toml:5: server.port: wants a whole number"));
  EXPECT_THAT(all, HasSubstr("w.toml:6: server.threads: 0 is not between 1 and 256"));
  EXPECT_THAT(all, HasSubstr("w.toml:8: sever.port: no such setting"));
  EXPECT_THAT(all, HasSubstr("WAYMARK_SERVER_PROT: no setting has this variable"));
  EXPECT_THAT(all, HasSubstr("server.idle_seconds_max: wants a whole number"));
  EXPECT_EQ(read.problems.size(), 6U) << all;
}

TEST(Config, NamesTheLineOfBrokenToml) {
  const auto read = read_config("w.toml", "[demo]\nenabled = \n", {});
  EXPECT_THAT(all_of(read), HasSubstr("w.toml:2:"));
}

TEST(Config, LeavesTheTestsVariablesAlone) {
  auto variables = kDemo;
  variables["WAYMARK_TEST_POSTGRES"] = "postgres://x";
  variables["PATH"] = "/bin";
  EXPECT_THAT(read_config("", std::nullopt, variables).problems, IsEmpty());
}

TEST(Config, TheDemoStandsBesideNoRealMailAndStaysOnTheLoopback) {
  auto variables = kDemo;
  variables["WAYMARK_MAIL_URL"] = "smtp://mail.example";
  variables["WAYMARK_MAIL_FROM_ADDRESS"] = "a@example.org";
  EXPECT_THAT(all_of(read_config("", std::nullopt, variables)), HasSubstr("does not start beside a real mail.url"));
  variables = kDemo;
  variables["WAYMARK_SERVER_ADDRESS"] = "0.0.0.0";
  EXPECT_THAT(all_of(read_config("", std::nullopt, variables)), HasSubstr("loopback address only"));
  variables["WAYMARK_DEMO_BEYOND_LOOPBACK"] = "true";
  EXPECT_THAT(read_config("", std::nullopt, variables).problems, IsEmpty());
}

TEST(Config, WantsHttpsButOnLocalhost) {
  auto variables = kDemo;
  for (const char* wrong : {"http://account.example.org", "https://account.example.org/", "ftp://x", "https://",
                            "https://a@b", "http://127.0.0.1.example.org"}) {
    variables["WAYMARK_SERVER_ORIGIN"] = wrong;
    EXPECT_THAT(all_of(read_config("", std::nullopt, variables)), HasSubstr("server.origin")) << wrong;
  }
  for (const char* right : {"https://account.example.org", "https://account.example.org:8443", "http://localhost:8080",
                            "http://127.0.0.1:80", "http://[::1]:8080"}) {
    variables["WAYMARK_SERVER_ORIGIN"] = right;
    EXPECT_THAT(read_config("", std::nullopt, variables).problems, IsEmpty()) << right;
  }
}

TEST(Config, WantsASecurityContactThatFitsIntoSecurityTxt) {
  auto variables = kDemo;
  for (const char* wrong :
       {"security@agency.example", "mailto:", "mailto:a@b", "mailto:Ana <a@agency.example>", "http://agency.example",
        "https://", "https://agency.example/ x", "https://agency.example\nPolicy: https://evil.example"}) {
    variables["WAYMARK_SECURITY_CONTACT"] = wrong;
    EXPECT_THAT(all_of(read_config("", std::nullopt, variables)), HasSubstr("security.contact")) << wrong;
  }
  for (const char* right : {"mailto:security@agency.example", "https://agency.example/report"}) {
    variables["WAYMARK_SECURITY_CONTACT"] = right;
    EXPECT_THAT(read_config("", std::nullopt, variables).problems, IsEmpty()) << right;
  }
  variables["WAYMARK_SECURITY_POLICY"] = "agency.example/policy";
  EXPECT_THAT(all_of(read_config("", std::nullopt, variables)), HasSubstr("security.policy"));
}

TEST(Config, AnAgencyNeedsMailAndItsOwnCatalogue) {
  const std::string all = all_of(read_config("", std::nullopt, {}));
  EXPECT_THAT(all, HasSubstr("mail.url: needed"));
  EXPECT_THAT(all, HasSubstr("catalogue.folder: needed"));
}

TEST(Config, ExplainsEverySettingAndHidesSecrets) {
  auto variables = kDemo;
  variables["WAYMARK_DATA_DATABASE"] = "postgres://waymark:geheim@db/waymark";
  variables["WAYMARK_SERVER_PORT"] = "9000";
  const auto read = read_config("", std::nullopt, variables);
  ASSERT_THAT(read.problems, IsEmpty());
  const std::string text = explain_config(read.config);
  EXPECT_THAT(text, HasSubstr("WAYMARK_SERVER_PORT; now 9000"));
  EXPECT_THAT(text, HasSubstr("WAYMARK_DATA_DATABASE; now (set)"));
  EXPECT_THAT(text, testing::Not(HasSubstr("geheim")));
  EXPECT_THAT(text, HasSubstr("Argon2id memory a hash (KiB); 8192 to"));
}

}  // namespace
}  // namespace waymark::app
