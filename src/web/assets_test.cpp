#include "web/assets.hpp"

#include <gtest/gtest.h>

#include "support/scripted_site.hpp"

namespace waymark::web {
namespace {

using testing::header_of;

const std::vector<EmbeddedFile> kFiles = {
    {"assets/dist/app.9f31.css", "body{}"},
    {"assets/dist/app.9f31.css.br", "brotli bytes"},
    {"assets/dist/app.9f31.css.gz", "gzip bytes"},
    {"assets/dist/manifest.json", R"({"app.css":"app.9f31.css","mark.svg":"mark.svg"})"},
    {"assets/dist/mark.svg", "<svg/>"},
    {"locales/en.json", "{}"},
};

Response ask(std::string path, std::string accept_encoding = {}, std::string if_none_match = {},
             Method method = Method::get) {
  static const AssetTable table(kFiles);
  Request request;
  request.method = method;
  request.path = std::move(path);
  request.headers = {{"accept-encoding", std::move(accept_encoding)}, {"if-none-match", std::move(if_none_match)}};
  return table.answer(request);
}

TEST(Assets, AreFoundByTheirNameInTheSource) {
  const AssetTable table(kFiles);
  EXPECT_EQ(table.fingerprinted("app.css"), "app.9f31.css");
  EXPECT_EQ(table.fingerprinted("unknown.css"), "unknown.css");
}

TEST(Assets, AreSentInTheBestFormTheBrowserTakes) {
  EXPECT_EQ(ask("/assets/app.9f31.css").fixed_body, "body{}");
  EXPECT_EQ(header_of(ask("/assets/app.9f31.css"), "content-encoding"), "");
  EXPECT_EQ(ask("/assets/app.9f31.css", "gzip, br").fixed_body, "brotli bytes");
  EXPECT_EQ(header_of(ask("/assets/app.9f31.css", "gzip, br"), "content-encoding"), "br");
  EXPECT_EQ(ask("/assets/app.9f31.css", "gzip").fixed_body, "gzip bytes");
  EXPECT_EQ(ask("/assets/app.9f31.css", "gzip, br;q=0").fixed_body, "gzip bytes");
  EXPECT_EQ(ask("/assets/app.9f31.css", "gzip, br;q=0.5").fixed_body, "gzip bytes");
  EXPECT_EQ(ask("/assets/app.9f31.css", "gzip;q=0, br;q=0").fixed_body, "body{}");
  EXPECT_EQ(header_of(ask("/assets/app.9f31.css"), "vary"), "Accept-Encoding");
  EXPECT_EQ(ask("/assets/app.9f31.css", "br").content_type, "text/css; charset=utf-8");
}

TEST(Assets, AreKeptForEverOnlyUnderANameWithTheirHash) {
  EXPECT_EQ(ask("/assets/app.9f31.css").caching, Caching::immutable);
  EXPECT_EQ(ask("/assets/mark.svg").caching, Caching::brief);
}

TEST(Assets, AreNotSentAgainUnchanged) {
  const std::string etag(header_of(ask("/assets/app.9f31.css", "br"), "etag"));
  EXPECT_EQ(ask("/assets/app.9f31.css", "br", etag).status, 304);
  EXPECT_TRUE(ask("/assets/app.9f31.css", "br", etag).fixed_body.empty());
  EXPECT_EQ(ask("/assets/app.9f31.css", "gzip", etag).status, 200) << "another encoding is another representation";
}

TEST(Assets, GiveNothingElseAway) {
  for (const char* path : {"/assets/", "/assets/manifest.json", "/assets/app.css", "/assets/app.9f31.css.gz",
                           "/assets/../locales/en.json", "/assets/locales/en.json"}) {
    EXPECT_EQ(ask(path).status, 404) << path;
  }
  EXPECT_EQ(ask("/assets/app.9f31.css", {}, {}, Method::post).status, 405);
  EXPECT_EQ(ask("/assets/app.9f31.css", {}, {}, Method::options).status, 204);
}

TEST(Assets, RefuseABrokenManifest) {
  for (const std::string_view broken : {"[]", "{", R"({"a":1})"}) {
    const std::vector<EmbeddedFile> files{{"assets/dist/manifest.json", broken}};
    EXPECT_THROW(AssetTable{files}, std::runtime_error);
  }
}

}  // namespace
}  // namespace waymark::web
