#include "platform/keys.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "base/text.hpp"
#include "support/temporary_folder.hpp"

namespace waymark {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string failure_of(const std::filesystem::path& file) {
  try {
    load_keys(file);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

void write_private(const std::filesystem::path& file, std::string_view content) {
  std::ofstream(file, std::ios::trunc) << content;
  ::chmod(file.c_str(), 0600);
}

TEST(Keys, ReadBackAsTheyWereSaved) {
  const TemporaryFolder folder;
  SystemRandom random;
  const auto keys = with_new_root(make_keys(random), random);
  save_keys(folder.path() / "keys", keys);
  const auto loaded = load_keys(folder.path() / "keys");
  ASSERT_EQ(loaded.roots.size(), 2U);
  EXPECT_EQ(loaded.roots[1].number, 2U);
  EXPECT_EQ(loaded.roots[0].bytes, keys.roots[0].bytes);
  EXPECT_EQ(loaded.roots[1].bytes, keys.roots[1].bytes);
  EXPECT_EQ(loaded.lookup_root, keys.lookup_root);
}

TEST(Keys, AreSavedForTheirOwnerAloneAndLeaveNoDraft) {
  const TemporaryFolder folder;
  SeededRandom random(1);
  const auto file = folder.path() / "keys";
  save_keys(file, make_keys(random));
  save_keys(file, make_keys(random));
  struct stat status{};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(Keys, AreNotSavedHalfWhereTheFolderIsMissing) {
  const TemporaryFolder folder;
  SeededRandom random(1);
  EXPECT_THROW(save_keys(folder.path() / "missing" / "keys", make_keys(random)), std::runtime_error);
}

TEST(Keys, AreRefusedWhenOthersCouldReadThem) {
  const TemporaryFolder folder;
  SeededRandom random(1);
  const auto file = folder.path() / "keys";
  save_keys(file, make_keys(random));
  for (const mode_t mode : {0640U, 0604U, 0620U, 0666U}) {
    ::chmod(file.c_str(), mode);
    EXPECT_THAT(failure_of(file), HasSubstr("0600")) << mode;
  }
  ::chmod(file.c_str(), 0400);
  EXPECT_EQ(failure_of(file), "");
}

TEST(Keys, OfTheServiceManagerMayShowItsAccessListAsAGroup) {
  const TemporaryFolder folder;
  SeededRandom random(1);
  const auto file = folder.path() / "keys";
  save_keys(file, make_keys(random));
  ::chmod(file.c_str(), 0440);
  EXPECT_NE(failure_of(file), "");
  ::setenv("CREDENTIALS_DIRECTORY", folder.path().c_str(), 1);
  EXPECT_EQ(failure_of(file), "");
  ::chmod(file.c_str(), 0444);
  EXPECT_NE(failure_of(file), "");
  ::unsetenv("CREDENTIALS_DIRECTORY");
}

TEST(Keys, SayWhatIsWrongWithTheirFileAndNeverAKey) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "keys";
  const std::string key = to_base64(std::string(32, 'k'));
  EXPECT_THAT(failure_of(file), HasSubstr("cannot be opened"));
  const std::pair<std::string, std::string> damaged[] = {
      {"", "no root key"},
      {"root 1 " + key + "\n", "no lookup key"},
      {"lookup " + key + "\n", "no root key"},
      {"root 1 " + key.substr(4) + "\nlookup " + key, "line 1"},
      {"root x " + key + "\nlookup " + key, "line 1"},
      {"root 0 " + key + "\nlookup " + key, "line 1"},
      {"root 2 " + key + "\nroot 2 " + key + "\nlookup " + key, "line 2"},
      {"root 1 " + key + "\nlookup " + key + "\nlookup " + key, "line 3"},
      {"root 1 " + key + "\nlookup " + key + "\n" + key, "line 3"},
  };
  for (const auto& [content, reason] : damaged) {
    write_private(file, content);
    const auto failure = failure_of(file);
    EXPECT_THAT(failure, HasSubstr(reason)) << content;
    EXPECT_THAT(failure, HasSubstr(file.string()));
    EXPECT_THAT(failure, Not(HasSubstr(key)));
  }
  EXPECT_THAT(failure_of(folder.path()), HasSubstr("not a plain file"));
}

TEST(KeyedHash, DiffersByPurposeAndByKey) {
  SeededRandom random(1);
  const auto keys = make_keys(random);
  const auto other = make_keys(random);
  const KeyedHash email(keys, "accounts.email");
  EXPECT_EQ(email.of("ana@example.org"), KeyedHash(keys, "accounts.email").of("ana@example.org"));
  EXPECT_NE(email.of("ana@example.org"), KeyedHash(keys, "accounts.phone").of("ana@example.org"));
  EXPECT_NE(email.of("ana@example.org"), KeyedHash(other, "accounts.email").of("ana@example.org"));
  EXPECT_NE(email.of("ana@example.org"), email.of("bob@example.org"));
  EXPECT_EQ(email.of("").size(), 32U);
}

TEST(KeyedHash, StaysTheSameWhenTheRootRotates) {
  SeededRandom random(1);
  const auto keys = make_keys(random);
  EXPECT_EQ(KeyedHash(keys, "x").of("a"), KeyedHash(with_new_root(keys, random), "x").of("a"));
}

// RFC 4231 section 4.3 has keys of another length; FIPS 180-4's example stands for the hash.
TEST(Sha256, MatchesItsStandard) {
  EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// Stored values depend on it: a change here would lose every look-up.
TEST(KeyedHash, KeepsItsDerivation) {
  const KeyRing keys{.roots = {{.number = 1, .bytes = std::string(32, 'r')}}, .lookup_root = std::string(32, 'l')};
  EXPECT_EQ(to_hex(derive_key(keys.lookup_root, "accounts.email")),
            "dc1215d3f23fb20d00711bc8926b71e1b7ce5144d7b98f8ac72f8f75f6a7e5de");
  EXPECT_EQ(to_hex(KeyedHash(keys, "accounts.email").of("ana@example.org")),
            "fa99cb3ef5da42aceed005b9f1812879a33827d1f0f38458575ee484453ee537");
}

}  // namespace
}  // namespace waymark
