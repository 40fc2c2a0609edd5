#include <gmock/gmock.h>

#include "db/migrate.hpp"
#include "db/sql_scanner.hpp"

namespace waymark::db {
namespace {

TEST(Dialect, MapsTheTypesOfAColumn) {
  constexpr std::string_view kSql =
      "CREATE TABLE t (id ID PRIMARY KEY, a ID REFERENCES u (id), n INTEGER, b BOOL, s TEXT NOT NULL, y BYTES)";
  EXPECT_EQ(to_dialect(kSql, "sqlite"),
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER REFERENCES u (id), n INTEGER, b INTEGER, "
            "s TEXT NOT NULL, y BLOB) STRICT");
  EXPECT_EQ(to_dialect(kSql, "postgres"),
            "CREATE TABLE t (id BIGINT PRIMARY KEY, a BIGINT REFERENCES u (id), n BIGINT, b BOOLEAN, "
            "s TEXT COLLATE \"C\" NOT NULL, y BYTEA)");
}

TEST(Dialect, LeavesLiteralsCommentsAndLowerCaseAlone) {
  constexpr std::string_view kSql =
      "CREATE TABLE t (s TEXT CHECK (s IN ('TEXT', 'it''s; ID')), -- sensitive: no; TEXT BOOL ID\n"
      "  \"TEXT\" INTEGER /* ID; */, text_id ID)";
  EXPECT_EQ(to_dialect(kSql, "postgres"),
            "CREATE TABLE t (s TEXT COLLATE \"C\" CHECK (s IN ('TEXT', 'it''s; ID')), -- sensitive: no; TEXT BOOL ID\n"
            "  \"TEXT\" BIGINT /* ID; */, text_id BIGINT)");
}

TEST(Dialect, MakesEachTableStrictOnSqliteAndNothingElse) {
  EXPECT_EQ(to_dialect("-- head\nCREATE TABLE a (x TEXT) -- tail\n;\nCREATE INDEX i ON a (x);\n"
                       "CREATE TABLE b (x TEXT) WITHOUT ROWID;\n",
                       "sqlite"),
            "-- head\nCREATE TABLE a (x TEXT) STRICT -- tail\n;\nCREATE INDEX i ON a (x);\n"
            "CREATE TABLE b (x TEXT) WITHOUT ROWID, STRICT;\n");
}

TEST(Dialect, GivesAddedColumnsTheirCollationButNotCasts) {
  EXPECT_EQ(to_dialect("ALTER TABLE a ADD COLUMN s TEXT; UPDATE a SET s = CAST(n AS TEXT);", "postgres"),
            "ALTER TABLE a ADD COLUMN s TEXT COLLATE \"C\"; UPDATE a SET s = CAST(n AS TEXT);");
}

TEST(SqlScanner, SplitsAtSemicolonsThatEndStatements) {
  EXPECT_THAT(split_statements("-- a; b\nSELECT ';', \"x;y\";\n\n; /* c; */ ;SELECT 2 -- end; here\n"),
              ::testing::ElementsAre("-- a; b\nSELECT ';', \"x;y\"", "SELECT 2 -- end; here\n"));
  EXPECT_THAT(split_statements(" -- nothing\n"), ::testing::IsEmpty());
  EXPECT_THAT(split_statements("SELECT 'never closed; "), ::testing::ElementsAre("SELECT 'never closed; "));
}

}  // namespace
}  // namespace waymark::db
