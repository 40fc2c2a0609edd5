#include "web/server_parts.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <cstring>
#include <exception>

#include "platform/log.hpp"
#include "web/response_head.hpp"
#include "web/tls.hpp"

namespace waymark::web {

namespace {

// For what else the process opens: databases, logs, blobs, mail.
constexpr std::size_t kOtherFiles = 256;

// Connections are files: no more of them than the process may open.
std::size_t room_for_connections(std::size_t wanted) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  const rlim_t needed = wanted + kOtherFiles;
  if (limit.rlim_cur < needed && limit.rlim_cur < limit.rlim_max) {
    rlimit raised = limit;
    raised.rlim_cur = std::min<rlim_t>(needed, limit.rlim_max);
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  }
  if (limit.rlim_cur >= needed) return wanted;
  const std::size_t room = limit.rlim_cur > 2 * kOtherFiles ? limit.rlim_cur - kOtherFiles : limit.rlim_cur / 2;
  log(LogLevel::warning, "web.few_open_files_allowed",
      {{"connections_max", static_cast<std::int64_t>(room)}, {"wanted", static_cast<std::int64_t>(wanted)}});
  return room;
}

ServerOptions with_room(ServerOptions options) {
  options.connections_max = room_for_connections(options.connections_max);
  return options;
}

std::shared_ptr<Tls> find_tls(const ServerOptions& options) {
  if (options.tls_certificate_file.empty()) return nullptr;
  return load_tls(options.tls_certificate_file, options.tls_key_file);
}

}  // namespace

ServerMetrics::ServerMetrics(Metrics& metrics)
    : connections_open(metrics.gauge("waymark_http_connections_open", "Connections that are open now")) {
  for (std::size_t digit = 0; digit < by_class_.size(); ++digit) {
    by_class_[digit] = metrics.counter("waymark_http_requests_total", "Requests answered, by the class of their status",
                                       "status", std::string(1, static_cast<char>('0' + digit)) + "xx");
  }
  for (std::size_t i = 0; i < by_reason_.size(); ++i) {
    by_reason_[i] = metrics.counter("waymark_http_refused_total", "What the server refused before a handler ran",
                                    "reason", to_text(static_cast<RefusalReason>(i)));
  }
}

void ServerMetrics::count_answer(int status) { by_class_[static_cast<std::size_t>(status / 100)].add(); }
void ServerMetrics::count_refusal(RefusalReason reason) { by_reason_[static_cast<std::size_t>(reason)].add(); }

RequestIds::RequestIds(Random& random) {
  std::array<unsigned char, sizeof start_> bytes{};
  random.fill(bytes.data(), bytes.size());
  std::memcpy(&start_, bytes.data(), bytes.size());
}

void RequestIds::next(std::string& id) {
  // splitmix64: one to one, so that no two counts give the same id.
  std::uint64_t mixed = start_ + (count_.fetch_add(1, std::memory_order_relaxed) + 1) * 0x9e3779b97f4a7c15ULL;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
  mixed ^= mixed >> 31;
  id.resize(16);
  for (char& digit : id) {
    digit = "0123456789abcdef"[mixed & 15U];
    mixed >>= 4;
  }
}

ServerParts::ServerParts(ServerOptions given_options, RequestHandler given_handler, Metrics& given_metrics,
                         const Clock& given_clock, Random& random)
    : options(with_room(std::move(given_options))),
      handler(std::move(given_handler)),
      clock(given_clock),
      proxies(options.trusted_proxies),
      tls(find_tls(options)),
      metrics(given_metrics),
      ids(random),
      limits(options.connections_max, options.connections_per_address_max),
      pool(options.workers, options.waiting_requests_max),
      hashing_pool(options.hashing_workers == 0
                       ? nullptr
                       : std::make_unique<WorkerPool>(options.hashing_workers, options.waiting_hashings_max)) {}

Response ServerParts::refusal_page(int status, std::string_view request_id) const {
  Response response;
  try {
    if (handler.refuse) response = handler.refuse(status, request_id);
  } catch (const std::exception&) {
    log(LogLevel::error, "web.refusal_page_failed", {{"status", static_cast<std::int64_t>(status)}});
  }
  response.status = status;
  if (body_of(response).empty()) {
    response.content_type = "text/plain; charset=utf-8";
    response.body = std::to_string(status) + " " + std::string(request_id) + "\n";
  }
  if (status == 503) response.headers.emplace_back("retry-after", "5");
  return response;
}

}  // namespace waymark::web
