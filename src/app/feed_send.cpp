#include "app/feed_send.hpp"

#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/text.hpp"
#include "features/feed/import_feed.hpp"
#include "platform/curl.hpp"

namespace waymark::app {
namespace {

constexpr int kTriesMax = 8;
constexpr std::chrono::seconds kConnectMax{20};
constexpr std::chrono::hours kBatchMax{2};
constexpr std::chrono::seconds kFirstWait{1};

std::size_t read_file(char* into, std::size_t size, std::size_t count, void* stream) {
  auto& file = *static_cast<std::ifstream*>(stream);
  file.read(into, static_cast<std::streamsize>(size * count));
  return static_cast<std::size_t>(file.gcount());
}

std::size_t keep_answer(char* from, std::size_t size, std::size_t count, void* text) {
  static_cast<std::string*>(text)->append(from, size * count);
  return size * count;
}

std::string first_line_of(const std::string& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return std::string(trim(line));
}

struct Answer {
  long status = 0;  // 0: the line broke
  std::string body;
};

Answer send_once(CURL* curl, const FeedSend& wanted, const std::string& key, const std::string& name) {
  Answer answer;
  std::ifstream file(wanted.file, std::ios::binary);
  prepare_curl(curl, wanted.to + "/api/feed/v1/batches", wanted.to.starts_with("https:") ? "https" : "http",
               kConnectMax, kBatchMax, wanted.authorities_file);
  CurlList headers;
  append(headers, "Authorization: Bearer " + key);
  append(headers, "Idempotency-Key: " + name);
  append(headers, "Content-Type: application/x-ndjson");
  append(headers, "Accept: application/json");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_POST, 1L);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(std::filesystem::file_size(wanted.file)));
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_file);
  curl_easy_setopt(curl, CURLOPT_READDATA, &file);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep_answer);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
  if (curl_easy_perform(curl) == CURLE_OK) curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
  return answer;
}

int tell(const Answer& answer, std::ostream& out, std::ostream& errors) {
  namespace json = boost::json;
  boost::system::error_code error;
  const auto value = json::parse(answer.body, error);
  if (error || !value.is_object()) {
    errors << fmt::format("The other side answered {} with something that is no report.\n", answer.status);
    return 2;
  }
  const auto& report = value.as_object();
  if (answer.status != 200) {
    const auto* detail = report.if_contains("detail");
    errors << fmt::format("{}: {}\n", answer.status,
                          detail != nullptr && detail->is_string() ? std::string(detail->as_string()) : std::string());
    return 2;
  }
  const auto number = [&](const char* field) { return report.at(field).to_number<std::int64_t>(); };
  for (const auto& one : report.at("refusals").as_array()) {
    const auto& refused = one.as_object();
    const auto& line = refused.at("line");
    errors << fmt::format(
        "{}: {}: {}: {}\n",
        line.is_null() ? std::string("held back earlier") : fmt::format("line {}", line.to_number<std::int64_t>()),
        std::string(refused.at("record").as_string()), std::string(refused.at("field").as_string()),
        std::string(refused.at("reason").as_string()));
  }
  if (const auto left_off = number("refusals_left_off"); left_off > 0)
    errors << fmt::format("and {} more.\n", left_off);
  out << fmt::format("Batch {}: {} lines: {} records went in, {} were known already, {} refused. {} wait.\n",
                     std::string(report.at("batch").as_string()), number("lines"), number("went_in"), number("known"),
                     number("refused"), number("held"));
  return number("refused") > 0 ? 1 : 0;
}

}  // namespace

int send_feed(const FeedSend& wanted, std::ostream& out, std::ostream& errors) {
  const auto key = first_line_of(wanted.key_file);
  if (key.empty()) {
    errors << wanted.key_file << ": there is no key in it\n";
    return 2;
  }
  const auto name =
      wanted.idempotency_key.empty() ? "file-" + to_base64url(feed::hash_of_file(wanted.file)) : wanted.idempotency_key;
  const auto curl = make_curl();
  auto wait = kFirstWait;
  Answer answer;
  for (int tries = 1;; ++tries) {
    answer = send_once(curl.get(), wanted, key, name);
    const bool may_help = answer.status == 0 || answer.status == 408 || answer.status == 429 || answer.status == 503;
    if (!may_help || tries == kTriesMax) break;
    errors << fmt::format("{}; trying again in {} s\n",
                          answer.status == 0 ? std::string("the line broke") : fmt::format("answer {}", answer.status),
                          wait.count());
    std::this_thread::sleep_for(wait);
    wait *= 2;
  }
  if (answer.status == 0) {
    errors << "Nobody could be reached.\n";
    return 2;
  }
  return tell(answer, out, errors);
}

}  // namespace waymark::app
