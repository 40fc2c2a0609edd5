// What two programs might read as different requests is refused before any handler runs (incident I61): hostile bytes
// against the real server.
#include <string>

#include "support/server_fixture.hpp"

namespace waymark::web {
namespace {

using FramingTest = ServerTest;

constexpr std::string_view kPost = "POST /a HTTP/1.1\r\nHost: localhost\r\n";

std::string post_with(std::string_view headers, std::string_view body) {
  return std::string(kPost).append(headers).append("\r\n").append(body);
}
std::string get_with(std::string_view headers) {
  return std::string("GET /a HTTP/1.1\r\nHost: localhost\r\n").append(headers).append("\r\n");
}
std::string chunked(std::string_view body) { return post_with("Transfer-Encoding: chunked\r\n", body); }

TEST_F(FramingTest, Incident_I61_TransferEncodingIsExactlyChunkedOrRefused) {
  start();
  for (const std::string encoding :
       {"xchunked", "identity", "gzip", "", "\"chunked\"", "'chunked'", "chunked, identity", "gzip, chunked",
        "chunked, chunked", "chunked;q=1", "chunked,", ",chunked", "chunked x", "chunke",
        "\x0b"
        "chunked"}) {
    expect_refused(post_with("Transfer-Encoding: " + encoding + "\r\n", "0\r\n\r\n"), 400);
  }
  expect_refused(post_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400);
  expect_refused(post_with("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400);
  EXPECT_GE(refused_for("framing"), 15);
}

TEST_F(FramingTest, ChunkedInAnyCaseIsTakenOnce) {
  start();
  EXPECT_EQ(expect_taken(post_with("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n")).body,
            "POST /a  hello");
  EXPECT_EQ(expect_taken(post_with("transfer-encoding:ChUnKeD \t\r\n", "A\r\n0123456789\r\n1\r\n!\r\n0\r\n\r\n")).body,
            "POST /a  0123456789!");
}

TEST_F(FramingTest, Incident_I61_TransferEncodingBesideContentLengthIsRefused) {
  start();
  expect_refused(post_with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), 400);
  expect_refused(post_with("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400);
}

TEST_F(FramingTest, Incident_I61_ChunkedOnHttp10IsRefused) {
  start();
  expect_refused("POST /a HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
}

TEST_F(FramingTest, Incident_I61_ALineFeedInAChunkExtensionIsRefused) {
  start();
  expect_refused(chunked("1;a=\"\n\"\r\nx\r\n0\r\n\r\n"), 400);
  expect_refused(chunked("1;a=\"\r\n\"\r\nx\r\n0\r\n\r\n"), 400);
  // What a reader without quotes would take as a whole body.
  expect_refused(chunked("1;a=\"\r\nx\r\n0\r\n\r\n"), 400);
  expect_refused(chunked("1;a=\"\\\r\n\"\r\nx\r\n0\r\n\r\n"), 400);
  expect_refused(chunked("1;a\nx\r\n0\r\n\r\n"), 400);
  expect_refused(chunked("1;a=\"x\ry\"\r\nx\r\n0\r\n\r\n"), 400);
}

TEST_F(FramingTest, Incident_I61_ChunkExtensionsAreLimitedTogether) {
  start();
  expect_refused(chunked("1;" + std::string(9000, 'a') + "\r\nx\r\n0\r\n\r\n"), 400);
  std::string many;
  for (int i = 0; i < 10; ++i) many += "1;" + std::string(1000, 'a') + "\r\nx\r\n";
  expect_refused(chunked(many + "0\r\n\r\n"), 400);
  EXPECT_EQ(expect_taken(chunked("1;a=b;c=\"d;\\\"e\"\r\nx\r\n0\r\n\r\n")).body, "POST /a  x");
}

TEST_F(FramingTest, Incident_I61_AChunkThatIsNotWrittenStrictlyIsRefused) {
  start();
  for (const std::string body : {"0x5\r\nhello\r\n0\r\n\r\n",
                                 "+5\r\nhello\r\n0\r\n\r\n",
                                 "-1\r\nhello\r\n0\r\n\r\n",
                                 " 5\r\nhello\r\n0\r\n\r\n",
                                 "5 \r\nhello\r\n0\r\n\r\n",
                                 "\r\n0\r\n\r\n",
                                 ";a\r\nx\r\n0\r\n\r\n",
                                 "5\nhello\r\n0\r\n\r\n",
                                 "5\r\nhello\n0\r\n\r\n",
                                 "5\r\nhelloX\r\n0\r\n\r\n",
                                 "4\r\nhello\r\n0\r\n\r\n",
                                 "g\r\nx\r\n0\r\n\r\n",
                                 "ffffffffffffffff\r\nx\r\n0\r\n\r\n",
                                 "10000000000000005\r\nhello\r\n0\r\n\r\n",
                                 "0\r\n\n",
                                 "0\n\r\n",
                                 "0\r\nName : x\r\n\r\n",
                                 "0\r\n folded\r\n\r\n",
                                 "0\r\nno colon\r\n\r\n",
                                 "0\r\na: b\n\r\n"}) {
    expect_refused(chunked(body), 400);
  }
}

TEST_F(FramingTest, TrailersAreDropped) {
  start();
  const auto answer =
      expect_taken(chunked("2\r\nhi\r\n0\r\nContent-Length: 100\r\nX-Forwarded-For: 6.6.6.6\r\nX-Late: 1\r\n\r\n"));
  EXPECT_EQ(answer.body, "POST /a  hi");
  auto client = connect();
  client.send(chunked("0\r\nX-Late: 1\r\n\r\n"));
  ASSERT_TRUE(client.read());
  EXPECT_EQ(last_request().header("x-late"), "");
}

TEST_F(FramingTest, Incident_I61_HostIsThereOnceAndWellFormed) {
  start();
  const auto with_host = [](const std::string& lines) { return "GET /a HTTP/1.1\r\n" + lines + "\r\n"; };
  expect_refused(with_host(""), 400);
  expect_refused("GET /a HTTP/1.0\r\n\r\n", 400);
  expect_refused(with_host("Host: localhost\r\nHost: localhost\r\n"), 400);
  expect_refused(with_host("Host: localhost\r\nhost: other\r\n"), 400);
  for (const std::string host : {"",
                                 " ",
                                 "a b",
                                 "a,b",
                                 "user@localhost",
                                 "localhost/",
                                 "localhost:",
                                 "localhost:0",
                                 "localhost:99999",
                                 "localhost:8o",
                                 "a:1:2",
                                 "[::1",
                                 "[zz]",
                                 "[::1]x",
                                 ".a",
                                 "a..b",
                                 "a?b",
                                 "a#b",
                                 "a\\b",
                                 "caf\xc3\xa9",
                                 "%61",
                                 "http://localhost"}) {
    expect_refused(with_host("Host: " + host + "\r\n"), 400);
  }
  EXPECT_GE(refused_for("host"), 20);
  for (const std::string host : {"localhost", "LOCALHOST:8080", "127.0.0.1:65535", "[::1]:80", "[2001:db8::1]",
                                 "account.example.org.", "a-b_c.example"}) {
    expect_taken(with_host("Host: " + host + "\r\n"));
  }
}

TEST_F(FramingTest, Incident_I61_AnAbsoluteTargetSaysTheSameAsHost) {
  start();
  const auto get = [](const std::string& target) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost:81\r\n\r\n";
  };
  for (const std::string target :
       {"http://other/a", "http://localhost/a", "http://localhost:82/a", "http:///a", "http://u@localhost:81/a",
        "ftp://localhost:81/a", "localhost:81", "*", "http:/a", "a", "?a", "http://localhost:81\\a"}) {
    expect_refused(get(target), 400);
  }
  EXPECT_EQ(expect_taken(get("http://LocalHost:81/a?b=c")).body, "GET /a b=c ");
  EXPECT_EQ(expect_taken(get("https://localhost:81?b")).body, "GET / b ");
}

TEST_F(FramingTest, Incident_I61_ContentLengthIsOnePlainNumber) {
  start();
  for (const std::string length : {"1, 1", "1,1", "01", "00", "+1", "-1", "", " ", "1 1", "0x1", "1.0", "1e1", "x",
                                   "1;", "9999999999999999999", "18446744073709551617"}) {
    expect_refused(post_with("Content-Length: " + length + "\r\n", "x"), 400);
  }
  expect_refused(post_with("Content-Length: 1\r\nContent-Length: 1\r\n", "x"), 400);
  expect_refused(post_with("Content-Length: 1\r\ncontent-length: 2\r\n", "xy"), 400);
  EXPECT_EQ(expect_taken(post_with("Content-Length: 0\r\n", "")).body, "POST /a  ");
  EXPECT_EQ(expect_taken(post_with("Content-Length: \t3 \r\n", "xyz")).body, "POST /a  xyz");
}

TEST_F(FramingTest, Incident_I61_FoldedHeadersAreRefused) {
  start();
  expect_refused(get_with("X-A: b\r\n c\r\n"), 400);
  expect_refused(get_with("X-A: b\r\n\tc\r\n"), 400);
  expect_refused("GET /a HTTP/1.1\r\n Host: localhost\r\n\r\n", 400);
  expect_refused(post_with("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"), 400);
}

TEST_F(FramingTest, Incident_I61_HeaderLinesAreWrittenStrictly) {
  start();
  for (const std::string line : {"X-A : b", "X A: b", ": b", "X-A", "X-\xc3\xa9: b", "X(A): b", "X\"A: b",
                                 "Content-Length\t: 3", "X-A: b\rX-B: c", "X-A: b\x01", "X-A: \x7f", "\x01: b"}) {
    expect_refused(get_with(line + "\r\n"), 400);
  }
  expect_refused(get_with(std::string("X-A: b\0c\r\n", 10)), 400);
  expect_refused("GET /a HTTP/1.1\nHost: localhost\n\n", 400);
  expect_refused("GET /a HTTP/1.1\r\nHost: localhost\n\r\n", 400);
  expect_refused("GET /a HTTP/1.1\r\nHost: localhost\r\n\n", 400);
  expect_refused("GET /a HTTP/1.1\r\r\nHost: localhost\r\n\r\n", 400);
}

TEST_F(FramingTest, Incident_I61_TheRequestLineIsWrittenStrictly) {
  start();
  for (const std::string line : {"GET  /a HTTP/1.1", "GET /a  HTTP/1.1", " GET /a HTTP/1.1", "GET /a HTTP/1.1 ",
                                 "GET\t/a HTTP/1.1", "GET /a", "GET", "GET /a b HTTP/1.1", "GET /a http/1.1",
                                 "GET /a HTTP/1.1x", "GET /a HTTP/11", "GET /a XTTP/1.1", "G(T /a HTTP/1.1"}) {
    expect_refused(line + "\r\nHost: localhost\r\n\r\n", 400);
  }
  expect_refused("GET /a HTTP/2.0\r\nHost: localhost\r\n\r\n", 505);
  expect_refused("GET /a HTTP/1.2\r\nHost: localhost\r\n\r\n", 505);
  expect_refused("\r\n\r\nGET /a HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
  EXPECT_EQ(expect_taken("\r\nGET /a HTTP/1.1\r\nHost: localhost\r\n\r\n").body, "GET /a  ");
}

TEST_F(FramingTest, Incident_I61_TargetsHoldPlainBytesOnly) {
  start();
  for (const std::string target :
       {"/a#b",    "/a?b#c", "/\xc3\xa9", "/a?\xff",   "/a\x01", "/a\x7f", "/a\tb",   "/%",         "/%4",
        "/%zz",    "/%00",   "/a%0d%0ab", "/a%7f",     "/%ff",   "/%c3",   "/%c0%af", "/%ed%a0%80", "/a%2fb",
        "/a%2Fb",  "/a%5cb", "/a\\b",     "//a",       "/a//b",  "/a//",   "/.",      "/..",        "/./a",
        "/a/../b", "/a/..",  "/a/.",      "/%2e%2e/a", "/a/%2E", "/.%2e/a"}) {
    expect_refused("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
  }
}

TEST_F(FramingTest, Incident_I67_PathsAreDecodedOnceAndHaveNoParameters) {
  start();
  const auto path_of = [this](const std::string& target) {
    return expect_taken("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n").body;
  };
  EXPECT_EQ(path_of("/cases/X;a.css"), "GET /cases/X;a.css  ");
  EXPECT_EQ(path_of("/cases/X%3ba.css"), "GET /cases/X;a.css  ");
  EXPECT_EQ(path_of("/cases/X%2ecss"), "GET /cases/X.css  ");
  EXPECT_EQ(path_of("/a%252fb"), "GET /a%2fb  ");
  EXPECT_EQ(path_of("/caf%C3%A9/?q=%2F%00"), "GET /caf\xc3\xa9/ q=%2F%00 ");
  EXPECT_EQ(path_of("/...?//../"), "GET /... //../ ");
}

TEST_F(FramingTest, UnknownMethodsAre501) {
  start();
  for (const std::string method : {"get", "Get", "post", "TRACE", "CONNECT", "PROPFIND", "GETX", "GE", "PRI", "X"}) {
    expect_refused(method + " /a HTTP/1.1\r\nHost: localhost\r\n\r\n", 501);
  }
  for (const std::string method : {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
    EXPECT_EQ(expect_taken(method + " /a HTTP/1.1\r\nHost: localhost\r\n\r\n").body, method + " /a  ");
  }
}

TEST_F(FramingTest, MoreThanAHundredHeadersAre431) {
  start();
  std::string lines;
  for (int i = 0; i < 99; ++i) lines += "X-" + std::to_string(i) + ": v\r\n";
  expect_taken(get_with(lines));
  expect_refused(get_with(lines + "X-99: v\r\n"), 431);
  // Names that are dropped count too.
  std::string dropped;
  for (int i = 0; i < 100; ++i) dropped += "x_y: v\r\n";
  expect_refused(get_with(dropped), 431);
}

TEST_F(FramingTest, MoreThan32KilobytesOfHeadersAre431) {
  start();
  expect_taken(get_with("X-A: " + std::string(32 * 1024 - 100, 'a') + "\r\n"));
  expect_refused(get_with("X-A: " + std::string(32 * 1024, 'a') + "\r\n"), 431);
  // Without an end, too: nobody gets to fill our memory.
  expect_refused("GET /a HTTP/1.1\r\nHost: localhost\r\nX-A: " + std::string(50'000, 'a'), 431);
}

TEST_F(FramingTest, ATargetOver8KilobytesIs414) {
  start();
  const auto get = [](std::size_t size) {
    return "GET /" + std::string(size - 1, 'a') + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  };
  EXPECT_EQ(expect_taken(get(8 * 1024)).status, 200);
  expect_refused(get(8 * 1024 + 1), 414);
  expect_refused("GET /" + std::string(20'000, 'a'), 414);
}

TEST_F(FramingTest, Incident_I62_HeaderNamesWithAnUnderscoreAreDropped) {
  start();
  expect_taken(get_with("Content_Length: 44\r\nTransfer_Encoding: chunked\r\nHost_: x\r\n"));
  auto client = connect();
  client.send(get_with("X_Forwarded_For: 6.6.6.6\r\nX-Kept: yes\r\n"));
  ASSERT_TRUE(client.read());
  EXPECT_EQ(last_request().header("x_forwarded_for"), "");
  EXPECT_EQ(last_request().header("x-forwarded-for"), "");
  EXPECT_EQ(last_request().header("x-kept"), "yes");
}

TEST_F(FramingTest, AnUpgradeIsPassedOver) {
  start();
  const auto answer = expect_taken(
      get_with("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"));
  EXPECT_EQ(answer.body, "GET /a  ");
  EXPECT_EQ(answer.header("upgrade"), "");
}

TEST_F(FramingTest, DoubledHeadersAreJoinedOrRefused) {
  start();
  for (const std::string name :
       {"Host", "Content-Type", "Authorization", "Origin", "Referer", "User-Agent", "Range", "Sec-Fetch-Site"}) {
    expect_refused(get_with(name + ": a\r\n" + name + ": a\r\n"), 400);
  }
  auto client = connect();
  client.send(get_with("Accept: text/html\r\nCookie: a=1\r\nACCEPT: text/plain\r\ncookie: b=2\r\n"));
  ASSERT_TRUE(client.read());
  EXPECT_EQ(last_request().header("accept"), "text/html, text/plain");
  EXPECT_EQ(last_request().header("cookie"), "a=1; b=2");
}

TEST_F(FramingTest, ABodyOfAGetIsReadAsItsBody) {
  start();
  EXPECT_EQ(expect_taken(get_with("Content-Length: 10\r\n") + "GET /x HTT").body, "GET /a  GET /x HTT");
}

TEST_F(FramingTest, EveryTrickIsRefusedByteByByteToo) {
  start();
  const int before = handled();
  auto client = connect();
  for (const char byte : post_with("Transfer-Encoding: chunked\r\n", "1;a=\"\n\"\r\nx\r\n0\r\n\r\n")) {
    if (!client.send({&byte, 1})) break;
  }
  const auto answers = client.read_to_end();
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers.front().status, 400);
  EXPECT_EQ(handled(), before);
}

}  // namespace
}  // namespace waymark::web
