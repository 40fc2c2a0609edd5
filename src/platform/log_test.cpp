#include "platform/log.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <thread>

#include "base/text.hpp"

namespace waymark {
namespace {

using std::string_view_literals::operator""sv;

constexpr Instant kAt{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};

TEST(Log, WritesOneJsonObjectALine) {
  EXPECT_EQ(to_log_line(kAt, LogLevel::info, "web.started",
                        {{"port", std::int64_t{8080}}, {"tls", true}, {"took", 1.5}, {"mode", "demo"sv}}),
            R"({"time":"2026-11-23T00:00:00Z","level":"info","event":"web.started","port":8080,"tls":true,"took":1.5,)"
            R"("mode":"demo"})");
}

TEST(Log, WritesNoNumberWhereThereIsNone) {
  EXPECT_NE(
      to_log_line(kAt, LogLevel::error, "x", {{"p99", std::numeric_limits<double>::quiet_NaN()}}).find(R"("p99":null)"),
      std::string::npos);
}

TEST(Log, Incident_I70_ALoggedFieldStaysOnItsLine) {
  const auto line = to_log_line(kAt, LogLevel::warning, "web.refused",
                                {{"route", "/x\r\n{\"level\":\"info\"}\x1B[2J\x9B\u0085\u2028\u2029\u202E\x7F\t\0"sv}});
  for (const char c : line) {
    EXPECT_GE(static_cast<unsigned char>(c), 0x20) << line;
    EXPECT_NE(c, 0x7F);
  }
  EXPECT_NE(line.find(R"(/x\u000d\u000a{\"level\":\"info\"}\u001b[2J\ufffd\u0085\u2028\u2029\u202e\u007f\u0009\u0000)"),
            std::string::npos)
      << line;
}

TEST(Log, KeepsLettersOfEveryScript) {
  EXPECT_NE(to_log_line(kAt, LogLevel::info, "x", {{"word", "señal 信"sv}}).find("señal 信"), std::string::npos);
}

RC_GTEST_PROP(Log, AnyFieldGivesOneLineOfValidUtf8, (const std::string& value)) {
  const auto line = to_log_line(kAt, LogLevel::info, "x", {{"value", value}});
  RC_ASSERT(is_valid_utf8(line));
  RC_ASSERT(line.find_first_of("\r\n\x1B\t") == std::string::npos);
  RC_ASSERT(line.ends_with("\"}"));
}

TEST(Log, WritesToStandardErrorFromItsLevelOn) {
  testing::internal::CaptureStderr();
  set_log_level(LogLevel::warning);
  log(LogLevel::info, "test.hidden");
  log(LogLevel::warning, "test.shown", {{"n", std::int64_t{1}}});
  set_log_level(LogLevel::info);
  const auto written = testing::internal::GetCapturedStderr();
  EXPECT_EQ(written.find("test.hidden"), std::string::npos);
  EXPECT_NE(written.find(R"("level":"warning","event":"test.shown","n":1})"), std::string::npos);
  EXPECT_TRUE(written.ends_with("}\n"));
}

TEST(Log, LinesOfSeveralThreadsDoNotMix) {
  testing::internal::CaptureStderr();
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([] {
        for (int i = 0; i < 100; ++i) log(LogLevel::info, "test.thread", {{"n", std::int64_t{i}}});
      });
    }
  }
  const auto written = testing::internal::GetCapturedStderr();
  const auto lines = split(written, '\n');
  ASSERT_EQ(lines.size(), 401U);
  for (std::size_t i = 0; i < 400; ++i) EXPECT_TRUE(lines[i].starts_with(R"({"time":)") && lines[i].ends_with("}"));
}

}  // namespace
}  // namespace waymark
