#include "features/feed/drop_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "support/case_world.hpp"
#include "support/databases.hpp"
#include "support/temporary_folder.hpp"

namespace waymark::feed {
namespace {

namespace fs = std::filesystem;
using testing::CaseWorld;

class DroppedFiles : public testing::CaseBed {
 protected:
  const cases::Cases& cases() { return world().cases; }
  const fs::path& folder() { return folder_.path(); }
  static std::string case_line(int number) {
    return fmt::format(R"({{"record":"r{0}","type":"case","case":"NPT269{0:07}","sequence":1,"form":"I-765",)"
                       R"("filed_on":"2026-08-12"}})"
                       "\n",
                       number);
  }
  void drop(const std::string& name, std::string_view content) { std::ofstream(folder() / name) << content; }
  int take_in() { return take_in_dropped(cases(), folder(), {}); }
  std::int64_t count_cases() {
    const db::Query count{"test.count_cases", "SELECT COUNT(*) FROM cases"};
    return database().snapshot()->find(count, {}, [](const db::Row& row) { return row.integer(0); }).value();
  }
  // What stands in "done", by the end of its name.
  std::vector<std::string> done(std::string_view end) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder() / "done")) {
      if (entry.path().string().ends_with(end)) names.push_back(entry.path().string());
    }
    std::ranges::sort(names);
    return names;
  }
  static std::string content_of(const fs::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  TemporaryFolder folder_;
};

TEST_P(DroppedFiles, AreTakenInMovedAndReported) {
  drop("b.ndjson", case_line(2) + "nonsense\n");
  drop("a.ndjson", case_line(1));
  EXPECT_EQ(take_in(), 2);
  EXPECT_EQ(count_cases(), 2);
  EXPECT_FALSE(fs::exists(folder() / "a.ndjson"));
  ASSERT_EQ(done("-a.ndjson").size(), 1U);
  ASSERT_EQ(done("-b.ndjson.report").size(), 1U);
  EXPECT_EQ(content_of(done("-b.ndjson.report")[0]), R"({"line":2,"record":"","field":"","reason":"not_json"})"
                                                     "\n"
                                                     R"({"lines":2,"went_in":1,"known":0,"refused":1,"waiting":0})"
                                                     "\n");
  EXPECT_EQ(take_in(), 0);
}

TEST_P(DroppedFiles, OfOtherNamesAndLinksStayWhereTheyAre) {
  drop("a.ndjson.part", case_line(1));
  drop(".hidden.ndjson", case_line(2));
  drop("outside.txt", case_line(3));
  fs::create_symlink(folder() / "outside.txt", folder() / "link.ndjson");
  fs::create_directory(folder() / "folder.ndjson");
  EXPECT_EQ(take_in(), 0);
  EXPECT_EQ(count_cases(), 0);
  EXPECT_TRUE(fs::exists(folder() / "a.ndjson.part"));
}

TEST_P(DroppedFiles, ThatWereStoppedGoOnAtTheNextLook) {
  std::string content;
  for (int i = 0; i < 5000; ++i) content += case_line(i);
  drop("a.ndjson", content);
  int asked = 0;
  EXPECT_EQ(take_in_dropped(cases(), folder(), [&] { return asked++ > 0; }), 0);
  EXPECT_GT(count_cases(), 0);
  EXPECT_LT(count_cases(), 5000);
  EXPECT_TRUE(fs::exists(folder() / "a.ndjson"));
  EXPECT_EQ(take_in(), 1);
  EXPECT_EQ(count_cases(), 5000);
}

TEST_P(DroppedFiles, AreFoundByTheFoldersOwnThread) {
  const DropFolder watched(cases(), folder(), std::chrono::milliseconds{20});
  drop("a.part", case_line(1));
  fs::rename(folder() / "a.part", folder() / "a.ndjson");
  for (int tries = 0; tries < 500 && fs::exists(folder() / "a.ndjson"); ++tries)
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  EXPECT_EQ(count_cases(), 1);
}

ON_BOTH_DATABASES(DroppedFiles);

}  // namespace
}  // namespace waymark::feed
