#include "app/control.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <sstream>

#include "app/data_folder.hpp"
#include "support/temporary_folder.hpp"

namespace waymark::app {
namespace {

TEST(Control, CarriesWordsThereAndBothOutputsAndTheStatusBack) {
  const TemporaryFolder folder;
  const auto socket = folder.path() / "control.sock";
  const ControlServer server(socket,
                             [](const std::vector<std::string>& words, std::ostream& out, std::ostream& errors) {
                               for (const auto& word : words) out << word << "|\n";
                               errors << "line 3: form: no such form\nlast";
                               return 1;
                             });
  struct stat facts{};
  ASSERT_EQ(::stat(socket.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0600U);
  for (int round = 0; round < 3; ++round) {
    std::ostringstream out, errors;
    EXPECT_EQ(run_in_server(socket, {"feed", "import", "/a b/\"ü\".ndjson"}, out, errors), 1);
    EXPECT_EQ(out.str(), "feed|\nimport|\n/a b/\"ü\".ndjson|\n");
    EXPECT_EQ(errors.str(), "line 3: form: no such form\nlast\n");
  }
}

TEST(Control, TellsWhatACommandThrew) {
  const TemporaryFolder folder;
  const ControlServer server(folder.path() / "s", [](const auto&, std::ostream&, std::ostream&) -> int {
    throw std::runtime_error("no room");
  });
  std::ostringstream out, errors;
  EXPECT_EQ(run_in_server(folder.path() / "s", {"backup"}, out, errors), 2);
  EXPECT_EQ(errors.str(), "no room\n");
}

TEST(Control, SaysSoWhenNobodyAnswers) {
  const TemporaryFolder folder;
  std::ostringstream out, errors;
  EXPECT_THROW(run_in_server(folder.path() / "nobody", {"backup"}, out, errors), std::runtime_error);
}

TEST(FolderLock, IsHeldByOneAndFreeAgainAfterwards) {
  const TemporaryFolder folder;
  {
    const auto first = FolderLock::try_take(folder.path() / "new");
    ASSERT_TRUE(first.has_value());
    EXPECT_FALSE(FolderLock::try_take(folder.path() / "new").has_value());
    EXPECT_TRUE(FolderLock::is_held(folder.path() / "new"));
  }
  EXPECT_FALSE(FolderLock::is_held(folder.path() / "new"));
  EXPECT_FALSE(FolderLock::is_held(folder.path() / "nowhere"));
  EXPECT_TRUE(FolderLock::try_take(folder.path() / "new").has_value());
}

}  // namespace
}  // namespace waymark::app
